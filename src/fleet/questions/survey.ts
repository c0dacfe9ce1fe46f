/** Looks through the places of a fleet: which files are records, which of them a question needs, which are not to be trusted. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FleetAnswer, FleetQuestion, SkipReason, SkippedRecord } from '../../model/fleet-answer.ts';
import { readPlace, SCHEMA_VERSION } from '../record/record.ts';
import { byMachine, chooseRecords } from './chosen.ts';
import type { FoundRecord } from './chosen.ts';
import { isStored } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { faultOfFile, filesBelow } from './record-files.ts';
import { faultsOfObjects, objectsBelow } from './stored-records.ts';

export interface Survey extends Pick<FleetAnswer, 'silent' | 'shared'> {
  readonly chosen: readonly FoundRecord[];
  readonly skipped: readonly SkippedRecord[];
}

const DAY_SECONDS = 86_400;
/** Clocks differ by this much without anybody's fault. */
const GRACE_SECONDS = 3600;

export interface Asked {
  readonly question: FleetQuestion;
  /** Records after it do not count. */
  readonly untilSeconds: number;
  /** Nor do those that are older than so many days. */
  readonly days: number;
  readonly nowSeconds: number;
}

type Skip = (path: ByteString, reason: SkipReason) => void;

/** Throws UsageError for a place that cannot be read. @param places folders, files, and s3://BUCKET/FOLDER. */
export async function survey(
  places: readonly ByteString[],
  asked: Asked,
  store: ObjectStore,
): Promise<Survey> {
  const skipped: SkippedRecord[] = [];
  const skip: Skip = (path, reason) => void skipped.push({ path, reason });
  const sizes = new Map<ByteString, number | undefined>();
  for (const place of places) {
    if (isStored(place))
      for (const { path, sizeBytes } of await objectsBelow(place, store, skip))
        sizes.set(fromText(path), sizeBytes);
    else for (const path of filesBelow(place, skip)) sizes.set(path, undefined);
  }
  const found = Array.from(sizes, ([path, sizeBytes]) => recordAt(path, sizeBytes, asked, skip));
  const machines = byMachine(
    found.filter((record) => record !== undefined),
    skip,
  );
  const since = asked.untilSeconds - asked.days * DAY_SECONDS;
  const silent: { host: string; lastSeconds: number }[] = [];
  const names = new Map<string, number>();
  const current: FoundRecord[][] = [];
  for (const records of machines.values()) {
    const [last] = records;
    current.push(records.filter(({ recordedAt }) => recordedAt >= since));
    if (last.recordedAt < since) silent.push({ host: last.host, lastSeconds: last.recordedAt });
    else names.set(last.host, (names.get(last.host) ?? 0) + 1);
  }
  return {
    chosen: await wholeOnes(asked.question, current, store, skip),
    skipped,
    silent: silent.toSorted((a, b) => a.lastSeconds - b.lastSeconds),
    shared: [...names].filter(([, count]) => count > 1).map(([host, count]) => ({ host, machines: count })),
  };
}

/** Chooses, looks at what was chosen, and chooses anew where that is not whole: only what is needed is opened. */
async function wholeOnes(
  question: FleetQuestion,
  machines: readonly (readonly FoundRecord[])[],
  store: ObjectStore,
  skip: Skip,
): Promise<FoundRecord[]> {
  const faults = new Map<FoundRecord, SkipReason | undefined>();
  for (;;) {
    const chosen = machines.flatMap((records) =>
      chooseRecords(question, records, (record) => faults.get(record) === undefined),
    );
    const fresh = chosen.filter((record) => !faults.has(record));
    if (fresh.length === 0) return chosen;
    const [objects, files] = [true, false].map((isObject) =>
      fresh.filter(({ path }) => isStored(path) === isObject),
    );
    for (const file of files) faults.set(file, faultOfFile(file));
    for (const [object, fault] of await faultsOfObjects(objects, store)) faults.set(object, fault);
    for (const record of fresh) {
      const fault = faults.get(record);
      if (fault !== undefined) skip(record.path, fault);
    }
  }
}

function recordAt(
  path: ByteString,
  sizeBytes: number | undefined,
  { untilSeconds, nowSeconds }: Asked,
  skip: Skip,
): FoundRecord | undefined {
  const place = readPlace(path);
  const reason = place === undefined ? 'not-a-record' : placeTrouble(place, nowSeconds);
  if (reason !== undefined) skip(path, reason);
  return place === undefined || reason !== undefined || place.recordedAt > untilSeconds
    ? undefined
    : { ...place, path, sizeBytes };
}

function placeTrouble(
  { schema, recordedAt, day }: NonNullable<ReturnType<typeof readPlace>>,
  nowSeconds: number,
): SkipReason | undefined {
  if (schema !== SCHEMA_VERSION) return 'old-schema';
  if (recordedAt > nowSeconds + GRACE_SECONDS) return 'clock-ahead';
  return new Date(recordedAt * 1000).toISOString().startsWith(day) ? undefined : 'wrong-day';
}
