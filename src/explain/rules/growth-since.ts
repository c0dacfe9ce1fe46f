/** What grew since a tree was written down: the whole, and the deepest directories that hold most of it. */
import type { GrowthSince } from '../../model/findings/recent-growth.ts';
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import type { DirectoryTree } from '../../model/tree.ts';

/** A place with less of the growth is not where it happens. */
const LEAST_SHARE = 0.2;
/** What is below holds this much of a directory's part, or the directory itself is the answer. */
const MOST_BELOW = 0.6;
const MOST_PLACES = 3;

/** @param root the directory of the tree that the snapshot is of. */
export function growthSince(tree: DirectoryTree, root: number, before: KeptSnapshot): GrowthSince {
  const { diskBytes } = tree.columns;
  const known = new Map(before.directories.map((one) => [one.path, one.diskBytes]));
  // One that was too small to be noted is taken as nothing: it cannot make much of a place that is worth naming.
  const grown = (directory: number): number => diskBytes[directory] - (known.get(tree.path(directory)) ?? 0);
  const deltaBytes = diskBytes[root] - before.diskBytes;
  const least = deltaBytes * LEAST_SHARE;
  const places: { directory: number; bytes: number }[] = [];
  const waiting = deltaBytes > 0 ? [root] : [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const bytes = next === root ? deltaBytes : grown(next);
    const children = [...tree.children(next)].filter(
      (child) => diskBytes[child] >= least && grown(child) >= least,
    );
    const below = children.reduce((sum, child) => sum + grown(child), 0);
    if (below >= MOST_BELOW * bytes) waiting.push(...children);
    else places.push({ directory: next, bytes });
  }
  return {
    takenAt: before.takenAt,
    deltaBytes,
    places: places
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, MOST_PLACES)
      .map(({ directory, bytes }) => ({ path: tree.path(directory), deltaBytes: bytes })),
  };
}
