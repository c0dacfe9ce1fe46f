/** Finds units whose deletion an earlier run began and did not end: it was killed or interrupted. */
import { readdirSync } from 'node:fs';
import { fromBytes, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { UnfinishedUnit } from '../../model/delete-plan.ts';
import { errorCode } from '../../system/calls/errno.ts';
import { readJournal, reopenJournal } from './journal.ts';
import { journalledRuns } from './journalled-runs.ts';
import { journalTime } from './journal-lines.ts';
import type { JournalRecord, OutcomeRecord, IntentRecord } from './journal-lines.ts';

/** Where an unfinished unit is written down. */
export interface UnfinishedRecord extends UnfinishedUnit {
  readonly journal: ByteString;
  readonly run: string;
  readonly unit: number;
}

const SUFFIX = '.jsonl';
/** Journals looked at, the latest first: their names begin with the time. */
const MOST_JOURNALS = 200;

/**
 * By the unit's path. Journals that cannot be read are passed over.
 * @param places directories of journals, or journals.
 */
export function readUnfinished(
  places: readonly ByteString[],
  ownUid: number,
): Map<ByteString, UnfinishedRecord> {
  const found = new Map<ByteString, UnfinishedRecord>();
  for (const journal of places.flatMap(journalsIn)) {
    try {
      for (const { run, records } of journalledRuns(readJournal(journal, ownUid)))
        for (const { path, id, at, unit } of unfinishedIn(records))
          found.set(path, { id, begunAt: Date.parse(at) / 1000, journal, run, unit });
    } catch {
      // Not one of ours.
    }
  }
  return found;
}

/** The latest journals of a directory, the earliest of them first; what is no directory is one itself. */
export function journalsIn(place: ByteString): ByteString[] {
  let names: ByteString[] = [];
  try {
    names = readdirSync(toBuffer(place), { encoding: 'buffer' }).map((name) => fromBytes(name));
  } catch (error) {
    return errorCode(error) === 'ENOTDIR' ? [place] : [];
  }
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted()
    .slice(-MOST_JOURNALS)
    .map((name) => joinPath(place, name));
}

function unfinishedIn(records: readonly JournalRecord[]): IntentRecord[] {
  const intended = new Map<number, IntentRecord>();
  const begun = new Map<number, IntentRecord>();
  for (const record of records) {
    if (record.type === 'intent' && record.action === 'delete') intended.set(record.unit, record);
    else if (record.type === 'begun') {
      const intent = intended.get(record.unit);
      if (intent) begun.set(record.unit, intent);
    } else if (record.type === 'finished' || (record.type === 'outcome' && !isHalf(record)))
      begun.delete(record.unit);
  }
  return [...begun.values()];
}

/** Something of the unit went, and something stayed. */
function isHalf({ outcome, removedEntries }: OutcomeRecord): boolean {
  return outcome !== 'deleted' && removedEntries > 0;
}

/** Notes in the earlier run's journal that the unit is gone now. */
export function markFinished({ journal, run, unit }: UnfinishedRecord, ownUid: number): void {
  try {
    using opened = reopenJournal(journal, ownUid);
    opened.write({ type: 'finished', at: journalTime(), run, unit });
  } catch {
    // It only spares the next run a look.
  }
}
