/** Deletes for good what a run moved into quarantine. */
import { baseName, fromText, joinPath, parentPath } from '../../model/byte-string.ts';
import type { PurgedUnit, RestoreObstacle } from '../../model/deletion.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { entryIdentity } from '../../model/entry-digest.ts';
import { journalTime } from '../journal/journal-lines.ts';
import { Guard } from '../guard/guard.ts';
import { guardContext } from '../guard/guard-context.ts';
import type { Deleter, GuardContext } from '../guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../guard/holding-directory.ts';
import { reopenJournal } from '../journal/journal.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { writtenSince } from '../../system/files/changed-since.ts';
import { Removal } from '../removal/removal.ts';
import { drive } from '../run/slices.ts';
import type { SetAside } from './set-aside.ts';

const OTHERS = 0o077;
const WRITTEN: RestoreObstacle = { kind: 'changed', how: 'since-set-aside', changes: [] };

/**
 * Deletes the units, each as a whole or not at all, and notes it in the journal.
 * @param units as `setAsideBy` found them for `run`.
 */
export async function purge(
  journal: ByteString,
  run: string,
  units: readonly SetAside[],
  who: Deleter,
  signal: AbortSignal,
): Promise<PurgedUnit[]> {
  const context = guardContext(who);
  using notes = reopenJournal(journal, who.ownUid);
  const purged: PurgedUnit[] = [];
  for (const unit of units) {
    const one = await purgeUnit(context, unit, signal);
    if (one.obstacle === undefined)
      notes.writeDurably({
        type: 'purged',
        at: journalTime(),
        run,
        unit: unit.unit,
      });
    purged.push(one);
  }
  return purged;
}

async function purgeUnit(context: GuardContext, unit: SetAside, signal: AbortSignal): Promise<PurgedUnit> {
  const place = joinPath(unit.movedTo, baseName(unit.path));
  const stays = (obstacle: RestoreObstacle): PurgedUnit => ({
    path: unit.path,
    place,
    freedBytes: 0,
    obstacle,
  });
  if (signal.aborted) return stays({ kind: 'interrupted' });
  if (parentPath(unit.movedTo) !== parentPath(unit.path)) return stays({ kind: 'quarantine-gone' });
  const { calls, held, ownUid } = context;
  const holding = openHoldingDirectory(context, unit.movedTo, unit.parent);
  if (!isHoldingDirectory(holding)) return stays(holding.obstacle);
  using above = holding;
  const quarantine = openHoldingDirectory(context, place, undefined);
  if (!isHoldingDirectory(quarantine)) return stays({ kind: 'quarantine-gone' });
  using opened = quarantine;
  if (opened.uid !== ownUid || (opened.mode & OTHERS) !== 0) return stays({ kind: 'foreign-quarantine' });
  if (!calls.lookAt(opened.descriptor, opened.name)) return stays({ kind: 'not-in-quarantine' });
  if (entryIdentity(calls.look.words).id !== unit.id) return stays({ kind: 'exchanged-in-quarantine' });
  held.refresh(performance.now(), [place]);
  // Its inode may be that of something new, and somebody may have gone on working on it where it lies.
  const here = joinPath(fromText(`/proc/self/fd/${opened.descriptor}`), opened.name);
  const isMounted = held.mountIn(place) !== undefined;
  if (!isMounted && writtenSince(here, Date.parse(unit.at) / 1000, nowSeconds())) return stays(WRITTEN);
  using guard = new Guard(context, opened, { most: unit.entries, lists: false, needsProof: false });
  const goesOn = (): boolean => !signal.aborted;
  if (!(await drive((deadline) => guard.advance(deadline), goesOn))) return stays({ kind: 'interrupted' });
  const against = guard.refusal ?? guard.heldNow();
  if (against) return stays(against.obstacle);
  using removal = new Removal(context, opened, guard, undefined);
  const finished = await drive((deadline) => removal.advance(deadline), goesOn);
  const { refusal, freedBytes } = removal;
  if (refusal || !finished) return { ...stays(refusal?.obstacle ?? { kind: 'interrupted' }), freedBytes };
  // Fails while other units are in it.
  calls.removeDirectory(above.descriptor, above.name);
  return { path: unit.path, place, freedBytes, obstacle: undefined };
}
