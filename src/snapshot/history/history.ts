/** The door of the history: snapshots that are kept under the state directory, one store for each path. */
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import { lastNoted, readKept } from './kept.ts';
import type { Kept } from './kept.ts';
import { storeOf } from './store-place.ts';
import type { Keeper } from './store-place.ts';

export { forecastFull } from './forecast.ts';
export { keepSnapshot } from './keep.ts';
export type { KeptRun } from './keep.ts';
export type { Retention } from './retention.ts';
export type { Keeper } from './store-place.ts';

/** All that is kept of the tree at `root`, links resolved; throws UsageError where the store cannot be read. */
export async function keptSnapshots(root: ByteString, keeper: Keeper): Promise<Kept> {
  return await readKept(storeOf(root, keeper));
}

/** The last one that is kept of the tree, without reading it; undefined where there is none that tells. */
export function lastSnapshot(root: ByteString, keeper: Keeper): KeptSnapshot | undefined {
  try {
    return lastNoted(storeOf(root, keeper));
  } catch {
    return undefined;
  }
}
