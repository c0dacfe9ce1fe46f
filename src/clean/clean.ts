/**
 * The door of the room: carries out a plan, deletes nothing that is not in it, and leaves a journal. It never looks
 * for victims itself.
 */
import type { PlannedEntry, PlannedUnit, UnitOutcome } from '../model/delete-plan.ts';
import { UsageError } from '../model/errors.ts';
import { chooseDirectoryCalls } from '../system/directories/choose-directory-calls.ts';
import { readFileLocks } from '../system/files/file-locks.ts';
import { scanOpenFiles } from '../system/processes/open-files.ts';
import { Guard } from './guard.ts';
import type { GuardContext } from './guard.ts';
import { LastLook } from './last-look.ts';
import { isHoldingDirectory, openHoldingDirectory } from './holding-directory.ts';
import { LinkLedger } from './link-ledger.ts';
import { Run } from './run.ts';
import type { CleanHooks, CleanRequest } from './run.ts';
import { drive } from './slices.ts';

export { JOURNAL_SCHEMA } from './journal-lines.ts';
export { openJournal } from './journal.ts';
export type { Journal } from './journal.ts';
export { restoreRun } from './restore.ts';
export type { CleanHooks, CleanProgress, CleanRequest } from './run.ts';
export { markFinished, readUnfinished } from './unfinished.ts';
export type { UnfinishedRecord } from './unfinished.ts';

/** Carries out the plan; one outcome per unit, in its order. Throws UsageError where this machine has no safe way. */
export async function carryOut(request: CleanRequest, hooks: CleanHooks = {}): Promise<UnitOutcome[]> {
  const run = new Run(request, hooks, contextFor(request));
  const outcomes: UnitOutcome[] = [];
  for (const [index, unit] of request.plan.units.entries()) outcomes.push(await run.unit(unit, index));
  run.end();
  return outcomes;
}

/** Lists what is in a unit now, for a plan; undefined where it is not what its fingerprint says. */
export async function listEntries(
  unit: PlannedUnit,
  { ownUid, source }: Pick<CleanRequest, 'ownUid' | 'source'>,
): Promise<PlannedEntry[] | undefined> {
  const context = contextFor({ ownUid, source, ownPid: 0 });
  const place = openHoldingDirectory(context.calls, unit.path, unit.parent, ownUid);
  if (!isHoldingDirectory(place)) return undefined;
  using opened = place;
  using guard = new Guard(context, opened, unit.entries, true);
  await drive((deadline) => guard.advance(deadline));
  return guard.refusal === undefined && guard.digest === unit.digest ? guard.listed : undefined;
}

function contextFor({
  ownUid,
  ownPid,
  source,
}: Pick<CleanRequest, 'ownUid' | 'ownPid' | 'source'>): GuardContext {
  const calls = chooseDirectoryCalls(source);
  if (!calls) {
    throw new UsageError(
      'nothing can be deleted safely here: it takes Linux with /proc, so that no path can be exchanged meanwhile',
    );
  }
  return {
    calls,
    held: new LastLook({ openFiles: scanOpenFiles, fileLocks: readFileLocks }, ownPid),
    ledger: new LinkLedger(),
    ownUid,
  };
}
