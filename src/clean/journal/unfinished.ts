/** Finds units whose deletion an earlier run began and did not end: it was killed or interrupted. */
import { readdirSync } from 'node:fs';
import { fromBytes, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { UnfinishedUnit } from '../../model/delete-plan.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { readJournal, reopenJournal } from './journal.ts';
import type { JournalRecord, OutcomeRecord, IntentRecord } from './journal-lines.ts';

/** Where an unfinished unit is written down. */
export interface UnfinishedRecord extends UnfinishedUnit {
  readonly journal: ByteString;
  readonly unit: number;
}

const SUFFIX = '.jsonl';
/** Journals looked at, the latest first: their names begin with the time. */
const MOST_JOURNALS = 200;

/** By the unit's path. Journals that cannot be read are passed over. */
export function readUnfinished(directory: ByteString, ownUid: number): Map<ByteString, UnfinishedRecord> {
  const found = new Map<ByteString, UnfinishedRecord>();
  let names: ByteString[] = [];
  try {
    names = readdirSync(toBuffer(directory), { encoding: 'buffer' }).map((name) => fromBytes(name));
  } catch {
    return found;
  }
  const latest = names
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted()
    .slice(-MOST_JOURNALS);
  for (const name of latest) {
    const journal = joinPath(directory, name);
    try {
      for (const { path, id, at, unit } of unfinishedIn(readJournal(journal, ownUid)))
        found.set(path, { id, begunAt: Date.parse(at) / 1000, journal, unit });
    } catch {
      // Not one of ours.
    }
  }
  return found;
}

function unfinishedIn(records: readonly JournalRecord[]): IntentRecord[] {
  const begun = new Map<number, IntentRecord>();
  for (const record of records) {
    if (record.type === 'intent' && record.action === 'delete') begun.set(record.unit, record);
    else if (record.type === 'finished' || (record.type === 'outcome' && !isHalf(record)))
      begun.delete(record.unit);
  }
  return [...begun.values()];
}

/** Something of the unit went, and something stayed. */
function isHalf({ outcome, removedEntries }: OutcomeRecord): boolean {
  return outcome !== 'deleted' && removedEntries > 0;
}

/** Notes in the earlier run's journal that the unit is gone now. */
export function markFinished({ journal, unit }: UnfinishedRecord): void {
  try {
    using opened = reopenJournal(journal);
    opened.write({ type: 'finished', at: new Date(nowSeconds() * 1000).toISOString(), unit });
  } catch {
    // It only spares the next run a look.
  }
}
