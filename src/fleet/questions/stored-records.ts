/** Records as objects of a store: which there are, and which are what was written. The engine reads them. */
import { fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { SkipReason } from '../../model/fleet-answer.ts';
import type { FoundRecord } from './chosen.ts';
import { isPlainKey } from './object-store.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { MOST_BYTES } from './record-files.ts';

/** Of what is asked at once: a line of SQL names all, and their bytes lie in memory. */
const BATCH_OBJECTS = 500;
const BATCH_BYTES = 64 * 2 ** 20;
/** So many in a row that cannot be read are not to blame: the store is. */
const MOST_REFUSED = 3;

/** Throws UsageError where there are none: a store has no folders that could be empty. */
export async function objectsBelow(
  address: ByteString,
  store: ObjectStore,
  skip: (path: ByteString, reason: SkipReason) => void,
): Promise<readonly StoredObject[]> {
  const objects = await store.list(toText(address));
  if (objects.length === 0) throw new UsageError('no .parquet object lies there', address);
  return objects.filter(({ path }) => {
    if (!isPlainKey(path)) skip(fromText(path), 'not-a-record');
    return isPlainKey(path);
  });
}

/** Why each does not count; undefined where its bytes are those that were written. */
export async function faultsOfObjects(
  records: readonly FoundRecord[],
  store: ObjectStore,
): Promise<ReadonlyMap<FoundRecord, SkipReason | undefined>> {
  const faults = new Map<FoundRecord, SkipReason | undefined>();
  const small = records.filter((record) => {
    const isSmall = record.sizeBytes! <= MOST_BYTES;
    if (!isSmall) faults.set(record, 'too-large');
    return isSmall;
  });
  for (const batch of batchesOf(small)) {
    const sums = await sumsOf(batch, store);
    for (const record of batch) {
      const sum = sums.get(record.path);
      faults.set(record, sum === undefined ? 'unreadable' : sum === record.sum ? undefined : 'damaged');
    }
  }
  return faults;
}

/** Of one bucket each, some hundred records, some megabytes. */
export function* batchesOf(records: readonly FoundRecord[]): Generator<readonly FoundRecord[]> {
  for (const own of Map.groupBy(records, ({ path }) => path.split('/', 3)[2]).values()) {
    let batch: FoundRecord[] = [];
    let bytes = 0;
    for (const record of own) {
      if (batch.length === BATCH_OBJECTS || bytes > BATCH_BYTES) {
        yield batch;
        [batch, bytes] = [[], 0];
      }
      batch.push(record);
      bytes += record.sizeBytes!;
    }
    yield batch;
  }
}

/** All at once; where one cannot be read, each by itself. */
async function sumsOf(
  records: readonly FoundRecord[],
  store: ObjectStore,
): Promise<ReadonlyMap<string, string>> {
  const paths = records.map(({ path }) => toText(path));
  try {
    return await store.sums(paths);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const sums = new Map<string, string>();
    for (const [number, path] of paths.entries()) {
      const own = await store.sums([path]).catch(() => undefined);
      for (const [of, sum] of own ?? []) sums.set(of, sum);
      if (sums.size === 0 && number + 1 >= Math.min(MOST_REFUSED, paths.length)) throw error;
    }
    return sums;
  }
}
