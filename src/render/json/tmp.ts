/** The JSON of `diskwhy tmp`, schema diskwhy/tmp@2 (docs/formats.md): also the plan that --apply takes. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { EntryIdentity, PlannedEntry } from '../../model/delete-plan.ts';
import type { Deletion } from '../../model/deletion.ts';
import { keepReasonOf } from '../../model/tmp-reason.ts';
import { TMP_SCHEMA } from '../../model/tmp-report.ts';
import type { TmpAsked, TmpReport, TmpRoot, TmpUnit } from '../../model/tmp-report.ts';
import { reasonWords, whatWords } from '../words/tmp.ts';
import { differencesJson, outcomeJson } from './deletion.ts';
import { pathJson } from './path.ts';
import { adviceJson, holderJson, reasonJson } from './tmp-reason.ts';

/** What else the document says. */
export interface TmpJsonExtras {
  readonly version: string;
  /** How it was judged, beyond what the report says: so that a plan can be judged once more. */
  readonly asked: TmpAsked;
  /** Absent where nothing was asked to be deleted. */
  readonly deletion: Deletion | undefined;
  /** Entries of the units small enough to be listed, for a plan. */
  readonly listed: ReadonlyMap<ByteString, readonly PlannedEntry[]>;
}

/** A plain object for JSON.stringify. */
export function tmpJson(report: TmpReport, extras: TmpJsonExtras) {
  const { deletion } = extras;
  const deletable = report.units.filter(({ verdict }) => verdict === 'deletable');
  return {
    schema: TMP_SCHEMA,
    version: extras.version,
    generatedAt: isoTime(report.generatedAt),
    complete: report.complete,
    interrupted: report.interrupted || (deletion?.interrupted ?? false),
    olderMs: report.olderMs,
    minBytes: report.minBytes,
    ageBy: report.ageBy,
    asked: { ...extras.asked, roots: extras.asked.roots.map(pathJson) },
    dryRun: deletion?.dryRun ?? true,
    run: deletion?.run ?? null,
    journal: deletion?.journal === undefined ? null : toText(deletion.journal),
    roots: report.roots.map(rootJson),
    units: report.units.map((unit) => unitJson(unit, report, extras)),
    small: report.small,
    visibility: report.visibility,
    totals: {
      deletableBytes: deletable.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0),
      freedBytes: deletion?.freedBytes ?? 0,
      measuredFreedBytes: deletion?.measuredFreedBytes ?? null,
    },
    differences: deletion ? differencesJson(deletion) : [],
    problems: {
      count: report.problems.count,
      items: report.problems.items.map(({ path, operation, code }) => ({
        ...pathJson(path),
        operation,
        code,
      })),
    },
  };
}

function rootJson(root: TmpRoot) {
  const { usage, policy } = root;
  return {
    ...pathJson(root.path),
    origin: root.origin,
    filesystem: root.filesystemType,
    freesMemory: root.filesystemKind === 'memory',
    mountPoint: toText(root.mountPoint),
    diskBytes: root.diskBytes,
    usedBytes: usage?.usedBytes ?? null,
    totalBytes: usage?.totalBytes ?? null,
    reads: root.reads,
    policy: policy
      ? {
          cleaner: policy.cleaner,
          ageMs: policy.ageMs ?? null,
          source: toText(policy.source),
          nextRunAt: policy.nextRunAt === undefined ? null : isoTime(policy.nextRunAt),
        }
      : null,
  };
}

function unitJson(unit: TmpUnit, report: TmpReport, { deletion, listed }: TmpJsonExtras) {
  const { fingerprint, reason, advice } = unit;
  const root = report.roots[unit.root];
  const outcome = deletion?.outcomes.get(unit.path);
  return {
    ...pathJson(unit.path),
    root: toText(root.path),
    kind: unit.kind,
    what: whatWords(unit, root),
    rule: unit.rule,
    diskBytes: unit.diskBytes,
    apparentBytes: unit.apparentBytes,
    freeableBytes: unit.freeableBytes,
    entries: unit.entries,
    lastUsedAt: timeOrNull(unit.lastUsedAt),
    decidedBy: unit.decidedBy ?? null,
    ageMs: unit.ageMs ?? null,
    modifiedAt: timeOrNull(unit.modifiedAt),
    owner: unit.uid,
    verdict: unit.verdict,
    keepReason: keepReasonOf(reason) ?? null,
    reason: reasonWords(unit),
    why: reasonJson(unit, reason),
    holders: unit.holders.map((holder) => holderJson(holder)),
    remedy: advice ? adviceJson(advice) : null,
    outcome: outcome?.outcome ?? null,
    ...(outcome ? { outcomeDetail: outcomeJson(outcome) } : {}),
    ...(fingerprint && unit.verdict === 'deletable'
      ? {
          plan: {
            parent: fingerprint.parent,
            ...identityJson(fingerprint.identity),
            entries: fingerprint.entries,
            digest: fingerprint.digest,
            listed: listed.get(unit.path)?.map(entryJson) ?? null,
          },
        }
      : {}),
  };
}

function entryJson(entry: PlannedEntry) {
  const { below } = entry;
  return {
    below: toText(below),
    ...(isText(below) ? {} : { belowBase64: toBuffer(below).toString('base64') }),
    ...identityJson(entry),
  };
}

/** Nanoseconds as text: they do not fit a JSON number. */
function identityJson({ id, mode, uid, links, sizeBytes, mtimeNs, ctimeNs }: EntryIdentity) {
  return { id, mode, uid, links, sizeBytes, mtimeNs: String(mtimeNs), ctimeNs: String(ctimeNs) };
}

function timeOrNull(seconds: number | undefined): string | null {
  return seconds === undefined ? null : isoTime(seconds);
}

function isoTime(seconds: number): string | null {
  return Math.abs(seconds) <= 8.64e12 ? new Date(seconds * 1000).toISOString() : null;
}
