/** Brings back what a run moved into quarantine. */
import { baseName, joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import { IDENTITY_WORD, entryIdentity } from '../model/entry-digest.ts';
import { chooseDirectoryCalls } from '../system/directories/choose-directory-calls.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { errnoMessage } from '../system/calls/errno.ts';
import type { DirectoryCalls } from '../system/directories/directory-calls.ts';
import { openHoldingDirectory } from './holding-directory.ts';
import { readJournal, reopenJournal } from './journal.ts';
import type { IntentRecord, JournalRecord } from './journal-lines.ts';

/** What became of one unit. */
interface RestoredUnit {
  readonly path: ByteString;
  /** Why it is still in quarantine, where it is. */
  readonly problem: string | undefined;
  /** Where it is then. */
  readonly place: ByteString;
}

/** Moves back every unit that the run behind `journal` moved aside; throws UsageError where there is none. */
export function restoreRun(journal: ByteString, ownUid: number, source: 'auto' | 'portable'): RestoredUnit[] {
  const units = quarantinedIn(readJournal(journal, ownUid));
  if (units.length === 0) throw new UsageError('this run has nothing in quarantine', journal);
  const calls = chooseDirectoryCalls(source);
  if (!calls) throw new UsageError('nothing can be moved safely here: it takes Linux with /proc');
  using notes = reopenJournal(journal);
  return units.map((unit) => {
    const problem = restore(calls, unit, ownUid);
    if (problem === undefined)
      notes.writeDurably({
        type: 'restored',
        at: new Date(nowSeconds() * 1000).toISOString(),
        unit: unit.unit,
      });
    return { path: unit.path, problem, place: joinPath(unit.movedTo, baseName(unit.path)) };
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

function restore(calls: DirectoryCalls, unit: Quarantined, ownUid: number): string | undefined {
  const holding = openHoldingDirectory(calls, unit.path, unit.parent, ownUid);
  if (!('descriptor' in holding)) return holding.reason;
  using opened = holding;
  const quarantine = calls.openStep(opened.descriptor, baseName(unit.movedTo));
  if (quarantine < 0 || parentPath(unit.movedTo) !== parentPath(unit.path))
    return 'its quarantine directory is gone';
  try {
    if (!calls.lookAtDescriptor(quarantine) || calls.look.words[IDENTITY_WORD.uid] !== ownUid)
      return 'its quarantine directory belongs to somebody else';
    if (!calls.lookAt(quarantine, opened.name)) return 'it is no longer in quarantine';
    if (entryIdentity(calls.look.words).id !== unit.id)
      return 'something else lies in quarantine under its name';
    if (!calls.rename(quarantine, opened.name, opened.descriptor, opened.name)) {
      return calls.failure === 'EEXIST'
        ? 'something else has taken its place'
        : `it cannot be moved: ${errnoMessage(calls.failure)}`;
    }
    // Fails while other units are in it.
    calls.removeDirectory(opened.descriptor, baseName(unit.movedTo));
    return undefined;
  } finally {
    calls.close(quarantine);
  }
}
