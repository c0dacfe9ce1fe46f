/** The door of growth: a snapshot that a tree of today is compared with, which has to hold that tree. */
import { isInside, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { readSnapshot } from '../import/import.ts';
import type { ReadSnapshot } from '../import/import.ts';

export { growthBetween } from './growth-between.ts';
export { grownNodes } from './grown-nodes.ts';

/**
 * The snapshot in the file `path`. Throws UsageError where it cannot be read, or is of a tree that does not hold `root`: all
 * of that would seem to be new.
 */
export async function readSnapshotOf(
  root: ByteString | undefined,
  path: ByteString,
  largestCount: number,
  signal: AbortSignal,
): Promise<ReadSnapshot> {
  const options = { nowSeconds: nowSeconds(), largestCount, rankByApparent: false };
  const snapshot = await readSnapshot({ path }, options, { signal });
  if (root !== undefined) refuseUnlessHolds(snapshot, root, path);
  return snapshot;
}

/** Throws UsageError where the snapshot, read from the file `path`, is of a tree that does not hold `root`. */
export function refuseUnlessHolds({ scan }: ReadSnapshot, root: ByteString, path: ByteString): void {
  const [{ path: ofPath }] = scan.roots;
  if (!isInside(root, ofPath))
    throw new UsageError(`is a snapshot of ${toText(ofPath)}, which does not hold ${toText(root)}`, path);
}
