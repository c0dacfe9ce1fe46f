/** Brings back what a run moved into quarantine. */
import { baseName, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { RestoreObstacle, RestoredUnit } from '../../model/deletion.ts';
import { IDENTITY_WORD, entryIdentity } from '../../model/entry-digest.ts';
import { journalTime } from '../journal/journal-lines.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { safeCalls } from '../guard/guard-context.ts';
import type { Deleter } from '../guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../guard/holding-directory.ts';
import { reopenJournal } from '../journal/journal.ts';
import { setAsideBy } from './set-aside.ts';
import type { SetAside } from './set-aside.ts';

/**
 * Moves back every unit that a run moved aside; throws UsageError where there is none.
 * @param run its name; undefined for the only one the journal has.
 */
export function restoreRun(
  journal: ByteString,
  run: string | undefined,
  { ownUid, source }: Pick<Deleter, 'ownUid' | 'source'>,
): RestoredUnit[] {
  const { run: found, units } = setAsideBy(journal, run, ownUid);
  const calls = safeCalls(source);
  using notes = reopenJournal(journal, ownUid);
  return units.map((unit) => {
    const obstacle = restore(calls, unit, ownUid);
    if (obstacle === undefined)
      notes.writeDurably({
        type: 'restored',
        at: journalTime(),
        run: found,
        unit: unit.unit,
      });
    return { path: unit.path, obstacle, place: joinPath(unit.movedTo, baseName(unit.path)) };
  });
}

function restore(calls: DirectoryCalls, unit: SetAside, ownUid: number): RestoreObstacle | undefined {
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
