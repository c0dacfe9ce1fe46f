/** Brings back what a run moved into quarantine. */
import { baseName, joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { RestoreObstacle, RestoredUnit } from '../model/deletion.ts';
import { IDENTITY_WORD, entryIdentity } from '../model/entry-digest.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import type { DirectoryCalls } from '../system/directories/directory-calls.ts';
import { safeCalls } from './guard/guard-context.ts';
import type { Deleter } from './guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from './guard/holding-directory.ts';
import { readJournal, reopenJournal } from './journal/journal.ts';
import type { IntentRecord, JournalRecord } from './journal/journal-lines.ts';

/** Moves back every unit that the run behind `journal` moved aside; throws UsageError where there is none. */
export function restoreRun(
  journal: ByteString,
  { ownUid, source }: Pick<Deleter, 'ownUid' | 'source'>,
): RestoredUnit[] {
  const units = quarantinedIn(readJournal(journal, ownUid));
  if (units.length === 0) throw new UsageError('this run has nothing in quarantine', journal);
  const calls = safeCalls(source);
  using notes = reopenJournal(journal);
  return units.map((unit) => {
    const obstacle = restore(calls, unit, ownUid);
    if (obstacle === undefined)
      notes.writeDurably({
        type: 'restored',
        at: new Date(nowSeconds() * 1000).toISOString(),
        unit: unit.unit,
      });
    return { path: unit.path, obstacle, place: joinPath(unit.movedTo, baseName(unit.path)) };
  });
}

type Quarantined = IntentRecord & { readonly movedTo: ByteString };

/** Units with an intent and no outcome (killed in between) may be in quarantine as well. */
function quarantinedIn(records: readonly JournalRecord[]): Quarantined[] {
  const moved = new Map<number, Quarantined>();
  for (const record of records) {
    if (record.type === 'intent' && record.movedTo !== undefined)
      moved.set(record.unit, { ...record, movedTo: record.movedTo });
    else if (record.type === 'restored') moved.delete(record.unit);
    else if (record.type === 'outcome' && record.outcome !== 'quarantined') moved.delete(record.unit);
  }
  return [...moved.values()];
}

function restore(calls: DirectoryCalls, unit: Quarantined, ownUid: number): RestoreObstacle | undefined {
  const holding = openHoldingDirectory({ calls, ownUid }, unit.path, unit.parent);
  if (!isHoldingDirectory(holding)) return holding.obstacle;
  using opened = holding;
  const quarantine = calls.openStep(opened.descriptor, baseName(unit.movedTo));
  if (quarantine < 0 || parentPath(unit.movedTo) !== parentPath(unit.path))
    return { kind: 'quarantine-gone' };
  try {
    if (!calls.lookAtDescriptor(quarantine) || calls.look.words[IDENTITY_WORD.uid] !== ownUid)
      return { kind: 'foreign-quarantine' };
    if (!calls.lookAt(quarantine, opened.name)) return { kind: 'not-in-quarantine' };
    if (entryIdentity(calls.look.words).id !== unit.id) return { kind: 'exchanged-in-quarantine' };
    if (!calls.rename(quarantine, opened.name, opened.descriptor, opened.name)) {
      return calls.failure === 'EEXIST'
        ? { kind: 'place-taken' }
        : { kind: 'kernel', attempt: 'move', errno: calls.failure };
    }
    // Fails while other units are in it.
    calls.removeDirectory(opened.descriptor, baseName(unit.movedTo));
    return undefined;
  } finally {
    calls.close(quarantine);
  }
}
