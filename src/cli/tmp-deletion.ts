/** Deletes what a report calls deletable, or what a plan says: from the journal's first line to what statfs measured. */
import { carryOut, openJournal, JOURNAL_SCHEMA, markFinished } from '../clean/clean.ts';
import type { CleanHooks, Journal, UnfinishedRecord } from '../clean/clean.ts';
import { fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { PlannedUnit, UnitOutcome } from '../model/delete-plan.ts';
import type { TmpDeletion, TmpReport, TmpUnit } from '../model/tmp-report.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { isDirectoryPath } from '../system/directories/root-directory.ts';
import { deletionDifferences, measure } from './deletion-measure.ts';
import { journalDirectory } from './state-directory.ts';
import type { TmpOptions } from './tmp-options.ts';

export interface DeletionRequest {
  readonly report: TmpReport;
  /** To be deleted, judged deletable just now. */
  readonly units: readonly PlannedUnit[];
  /** Units of a plan that may not be deleted any more, with what is said of them. */
  readonly refused: readonly UnitOutcome[];
  readonly options: TmpOptions;
  readonly ownUid: number;
  readonly unfinished: ReadonlyMap<ByteString, UnfinishedRecord>;
}

/** The deletable units of a report as a plan. */
export function plannedUnits(report: TmpReport): PlannedUnit[] {
  return report.units.flatMap((unit) => {
    const planned = unit.verdict === 'deletable' ? plannedUnit(unit) : undefined;
    return planned ? [planned] : [];
  });
}

function plannedUnit({ fingerprint, path, freeableBytes, rule }: TmpUnit): PlannedUnit | undefined {
  return fingerprint && { ...fingerprint, path, freeableBytes, rule, listed: undefined };
}

/** Carries it out; throws UsageError where the journal cannot be written, before anything is deleted. */
export async function runDeletion(request: DeletionRequest, hooks: CleanHooks): Promise<TmpDeletion> {
  const { units, options, ownUid, report } = request;
  const run = `${new Date(nowSeconds() * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z-${process.pid}`;
  const acts = !options.dryRun && units.length > 0;
  using journal = acts ? openRunJournal(request, run) : undefined;
  const filesystems = mountPoints(report, units);
  const before = acts ? measure(filesystems) : undefined;
  const outcomes = await carryOut(
    {
      plan: { units },
      dryRun: options.dryRun,
      quarantine: options.quarantine,
      run,
      journal,
      ownUid,
      ownPid: process.pid,
      source: options.shared.source === 'portable' ? 'portable' : 'auto',
    },
    hooks,
  );
  const after = before && measure(filesystems);
  for (const { path, outcome } of outcomes) {
    const earlier = request.unfinished.get(path);
    if (earlier && outcome === 'deleted') markFinished(earlier);
  }
  const freedBytes = outcomes.reduce((sum, one) => sum + one.freedBytes, 0);
  const measuredFreedBytes = before && after && before.usedBytes - after.usedBytes;
  const predictedBytes = units.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
  return {
    dryRun: options.dryRun,
    quarantined: options.quarantine,
    outcomes: new Map([...outcomes, ...request.refused].map((one) => [one.path, one])),
    predictedBytes,
    freedBytes,
    measuredFreedBytes: options.quarantine ? undefined : measuredFreedBytes,
    differences:
      measuredFreedBytes === undefined || options.quarantine
        ? []
        : deletionDifferences({ report, outcomes, predictedBytes, freedBytes, measuredFreedBytes }),
    journal: journal?.path,
    run,
    interrupted: outcomes.some(({ code }) => code === 'interrupted'),
  };
}

function openRunJournal({ options, ownUid, units }: DeletionRequest, run: string): Journal | undefined {
  if (options.journal === 'none') return undefined;
  const place = journalPlace(options.journal, ownUid, run);
  return openJournal(
    place,
    run,
    {
      type: 'run',
      schema: JOURNAL_SCHEMA,
      run,
      at: new Date(nowSeconds() * 1000).toISOString(),
      uid: ownUid,
      command: process.argv.slice(2),
      units: units.length,
    },
    ownUid,
  );
}

function journalPlace(
  journal: Exclude<TmpOptions['journal'], 'none'>,
  ownUid: number,
  run: string,
): { readonly directory: ByteString } | { readonly file: ByteString } {
  if (journal === 'default') return { directory: journalDirectory(ownUid) };
  return {
    file: isDirectoryPath(journal.path) ? joinPath(journal.path, fromText(`${run}.jsonl`)) : journal.path,
  };
}

/** Where bytes should come back, each filesystem once. */
function mountPoints({ roots, units: all }: TmpReport, units: readonly PlannedUnit[]): ByteString[] {
  const wanted = new Set(units.map(({ path }) => path));
  return [...new Set(all.filter(({ path }) => wanted.has(path)).map(({ root }) => roots[root].mountPoint))];
}
