/** Finds where the bytes lie that no package owns: whole directories that none knows, and files among those of packages. */
import type { OwnedPaths } from '../../model/owned-paths.ts';
import { TOP_NODE } from '../../model/owned-paths.ts';
import type { ScanOwners, UnownedPlace } from '../../model/owners.ts';
import type { ScanResult } from '../../model/scan-result.ts';

/** More places say no more. */
const MOST_PLACES = 1000;

/** The places below directory `root` of the tree, the most bytes first; none lies in another. */
export function findUnownedPlaces(
  { tree }: ScanResult,
  { unownedBytes, unownedEntries }: ScanOwners,
  paths: OwnedPaths,
  root: number,
): UnownedPlace[] {
  const places: UnownedPlace[] = [];
  const waiting = [{ directory: root, node: paths.find(tree.path(root)) }];
  const { names, nameStart, nameLength } = tree.columns;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { directory, node } = next;
    let diskBytes = unownedBytes[directory];
    let entries = unownedEntries[directory];
    if (entries === 0) continue;
    if (node >= TOP_NODE) {
      for (const child of tree.children(directory)) {
        diskBytes -= unownedBytes[child];
        entries -= unownedEntries[child];
        const start = nameStart[child];
        waiting.push({
          directory: child,
          node: paths.child(node, names, start, start + nameLength[child]),
        });
      }
      // Siblings that share hard links count them each: what is left may be nothing.
      if (diskBytes <= 0) continue;
    }
    places.push({
      path: tree.path(directory),
      directory,
      diskBytes,
      entries: Math.max(0, entries),
      whole: node < TOP_NODE,
    });
  }
  return places.toSorted((a, b) => b.diskBytes - a.diskBytes).slice(0, MOST_PLACES);
}
