/** Reads a plan that `diskwhy tmp --json` wrote, for --apply. */
import type { ByteString } from '../../model/byte-string.ts';
import type { EntryIdentity, PlannedEntry, PlannedUnit } from '../../model/delete-plan.ts';
import { UsageError } from '../../model/errors.ts';
import type { FileId } from '../../model/file-id.ts';
import { TIMESTAMPS } from '../../model/tmp-reason.ts';
import type { Timestamp } from '../../model/tmp-reason.ts';
import { TMP_SCHEMA } from '../../model/tmp-report.ts';
import type { TmpAsked } from '../../model/tmp-report.ts';
import type { Deleter } from '../guard/guard-context.ts';
import { PlanFields } from './plan-fields.ts';
import { readPlanText, refuseDeepNesting } from './plan-text.ts';

/** A plan and how it was judged, so that it can be judged once more. */
export interface PlanFile {
  readonly units: readonly PlannedUnit[];
  readonly olderMs: number;
  readonly minBytes: number;
  readonly ageBy: readonly Timestamp[];
  readonly asked: TmpAsked;
}

/** Throws UsageError where the file cannot be read, others could have written it, or it is no plan. */
export function readPlan(path: ByteString, who: Pick<Deleter, 'ownUid' | 'source'>): PlanFile {
  const text = readPlanText(path, who);
  try {
    refuseDeepNesting(text);
    return planOf(new PlanFields(JSON.parse(text), 'the document'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`is no plan: ${error.message}; make one with  diskwhy tmp --json > PLAN`, path);
  }
}

function planOf(document: PlanFields): PlanFile {
  if (document.text('schema') !== TMP_SCHEMA) throw new SyntaxError(`its schema is not ${TMP_SCHEMA}`);
  return {
    units: document
      .list('units')
      .filter((unit) => unit.text('verdict') === 'deletable')
      .map(unitOf),
    olderMs: document.number('olderMs'),
    minBytes: document.number('minBytes'),
    ageBy: TIMESTAMPS.filter((one) => document.texts('ageBy').includes(one)),
    asked: askedOf(document.object('asked')),
  };
}

function askedOf(asked: PlanFields): TmpAsked {
  return {
    roots: asked.list('roots').map((root) => root.bytes('path')),
    olderIsExplicit: asked.flag('olderIsExplicit'),
    keep: asked.texts('keep'),
    allUsers: asked.flag('allUsers'),
    system: asked.flag('system'),
    assumeUnused: asked.flag('assumeUnused'),
  };
}

function unitOf(unit: PlanFields): PlannedUnit {
  const plan = unit.object('plan');
  return {
    path: unit.bytes('path'),
    rule: unit.text('rule'),
    freeableBytes: unit.number('freeableBytes'),
    parent: plan.matching('parent', FILE_ID, 'a file id') as FileId,
    identity: identityOf(plan),
    entries: plan.number('entries'),
    digest: plan.matching('digest', /^[0-9a-f]{16}$/u, 'a digest'),
    // As it is judged when the plan is carried out.
    needsProof: false,
    listed: plan.has('listed')
      ? plan
          .list('listed')
          .map((entry): PlannedEntry => ({ below: entry.bytes('below'), ...identityOf(entry) }))
      : undefined,
  };
}

/** Device and inode, in decimal. */
const FILE_ID = /^\d+:\d+$/u;

function identityOf(fields: PlanFields): EntryIdentity {
  return {
    id: fields.matching('id', FILE_ID, 'a file id') as FileId,
    mode: fields.number('mode'),
    uid: fields.number('uid'),
    links: fields.number('links'),
    sizeBytes: fields.number('sizeBytes'),
    mtimeNs: fields.nanoseconds('mtimeNs'),
    ctimeNs: fields.nanoseconds('ctimeNs'),
  };
}
