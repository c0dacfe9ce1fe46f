/** Compares the directories of two trees by their paths. What is right in a directory is what its own figure adds to its children's. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Growth, GrowthPlace } from '../../model/growth.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { ReadSnapshot } from '../import/import.ts';

/** What of a scan is compared. */
type Sized = Pick<ScanResult, 'tree' | 'roots' | 'complete'>;

/**
 * @param root one of those of `now`, inside the snapshot's. @param most places; the others are summed up.
 */
export function growthBetween(
  { scan: then, head }: ReadSnapshot,
  now: Sized,
  { directory: root, path }: ScanResult['roots'][number],
  most: number,
): Growth {
  const before = then.tree.find(path);
  const places: GrowthPlace[] = [];
  const pairs: Pair[] = [{ old: before, now: root }];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) compare(pair, then.tree, now.tree, places, pairs);
  places.sort((a, b) => Math.abs(b.deltaBytes) - Math.abs(a.deltaBytes));
  const left = places.slice(most);
  return {
    takenAt: head.writtenAt,
    complete: then.complete && now.complete,
    oldBytes: before === undefined ? 0 : then.tree.columns.diskBytes[before],
    newBytes: now.tree.columns.diskBytes[root],
    places: places.slice(0, most),
    rest: { count: left.length, deltaBytes: left.reduce((sum, { deltaBytes }) => sum + deltaBytes, 0) },
  };
}

/** A directory then, if it was there, and now. */
interface Pair {
  readonly old: number | undefined;
  readonly now: number;
}

function compare(
  { old, now }: Pair,
  oldTree: DirectoryTree,
  nowTree: DirectoryTree,
  places: GrowthPlace[],
  pairs: Pair[],
): void {
  const oldBytes = oldTree.columns.diskBytes;
  const nowBytes = nowTree.columns.diskBytes;
  const add = (path: ByteString, kind: GrowthPlace['kind'], deltaBytes: number): void => {
    if (deltaBytes !== 0) places.push({ path, kind, deltaBytes });
  };
  if (old === undefined) {
    add(nowTree.path(now), 'new', nowBytes[now]);
    return;
  }
  const gone = new Map<ByteString, number>();
  for (const child of oldTree.children(old)) gone.set(oldTree.name(child), child);
  let own = nowBytes[now] - oldBytes[old];
  for (const child of nowTree.children(now)) {
    const name = nowTree.name(child);
    const before = gone.get(name);
    gone.delete(name);
    own -= nowBytes[child] - (before === undefined ? 0 : oldBytes[before]);
    pairs.push({ old: before, now: child });
  }
  for (const child of gone.values()) {
    own += oldBytes[child];
    add(oldTree.path(child), 'gone', -oldBytes[child]);
  }
  add(nowTree.path(now), 'changed', own);
}
