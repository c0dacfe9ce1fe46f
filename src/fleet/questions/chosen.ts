/** Which records a question needs: for each machine its newest, and older ones where growth is asked. Names decide. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FleetQuestion, SkipReason } from '../../model/fleet-answer.ts';
import type { RecordPlace } from '../record/record.ts';

export interface FoundRecord extends RecordPlace {
  /** Of a file, or s3://BUCKET/KEY. */
  readonly path: ByteString;
  /** Of an object in a store; a file is asked when it is looked at. */
  readonly sizeBytes: number | undefined;
}

const DAY_SECONDS = 86_400;

/** The newest record, and for each number the newest that is at least so many days older than it. */
const AGES: Readonly<Record<Exclude<FleetQuestion, 'sql'>, readonly number[]>> = {
  why: [0],
  loops: [0],
  hosts: [0],
  grew: [0, 7],
  full: [0, 1, 3, 7],
};

/**
 * The records of one machine that are needed, the newest first.
 * @param records the machine's, the newest first.
 * @param take whether a record is whole; asked of the chosen only, and where it is not, the next older one is chosen.
 */
export function chooseRecords(
  question: FleetQuestion,
  records: readonly FoundRecord[],
  take: (record: FoundRecord) => boolean,
): FoundRecord[] {
  if (question === 'sql') return records.filter(take);
  const chosen: FoundRecord[] = [];
  let next = 0;
  for (const age of AGES[question]) {
    const newest = chosen[0]?.recordedAt ?? Infinity;
    // An hour of grace: who records daily does not do so to the second.
    const latest = newest - age * DAY_SECONDS + (age > 0 ? DAY_SECONDS / 24 : 0);
    while (next < records.length) {
      const record = records[next++];
      if (record.recordedAt > latest || !take(record)) continue;
      chosen.push(record);
      break;
    }
  }
  // What is younger than asked for is better than nothing to compare with.
  if (question === 'grew' && chosen.length === 1) {
    const oldest = records.findLast((record) => record !== chosen[0] && take(record));
    if (oldest) chosen.push(oldest);
  }
  return chosen;
}

/** The newest first for each machine; of one that lies twice, one. */
export function byMachine(
  found: readonly FoundRecord[],
  skip: (path: ByteString, reason: SkipReason) => void,
): Map<string, FoundRecord[]> {
  const sorted = found.toSorted((a, b) => b.recordedAt - a.recordedAt || (a.path < b.path ? -1 : 1));
  const machines = new Map<string, FoundRecord[]>();
  for (const record of sorted) {
    const own = machines.get(record.machine) ?? [];
    machines.set(record.machine, own);
    // Whatever is in them: a machine has one record of a moment.
    if (own.at(-1)?.recordedAt === record.recordedAt) skip(record.path, 'twice');
    else own.push(record);
  }
  return machines;
}
