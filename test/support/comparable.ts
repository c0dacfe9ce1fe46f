/** Everything a scan says of a tree, in an order that does not depend on who read what first: two equal ones are one. */
import type { ScanResult } from '../../src/model/scan-result.ts';

/** All that two sources must say alike; how they came to it is left out. */
export function comparable({
  tree,
  roots,
  largestFiles,
  unevenFiles,
  problems,
  excluded,
}: ScanResult): unknown {
  const { columns } = tree;
  const directories = Array.from({ length: columns.count - 1 }, (_, index) => index + 1)
    .map((id) => ({
      path: tree.path(id),
      diskBytes: columns.diskBytes[id],
      apparentBytes: columns.apparentBytes[id],
      freeableBytes: columns.freeableBytes[id],
      entries: columns.entries[id],
      newest: columns.newest[id],
      hour: columns.hourBytes[id],
      day: columns.dayBytes[id],
      week: columns.weekBytes[id],
      incomplete: columns.incomplete[id],
    }))
    .toSorted((a, b) => compare(a.path, b.path));
  const files = [largestFiles, unevenFiles].map((list) =>
    list.map(({ path, diskBytes, apparentBytes, links, modifiedAt }) => ({
      path,
      diskBytes,
      apparentBytes,
      links,
      modifiedAt,
    })),
  );
  return {
    directories,
    files,
    excluded,
    roots: roots.map(({ path, totals, breakdown: { byUse, byType, byAge } }) => ({
      path,
      totals,
      // What is equally large comes in the order in which it was met.
      byUse: byUse.toSorted((a, b) => compare(a.use, b.use)),
      byAge,
      byType: byType
        .map((row) => ({
          ...row,
          extensions: row.extensions.toSorted((a, b) => compare(a.extension, b.extension)),
        }))
        .toSorted((a, b) => compare(a.type, b.type)),
    })),
    problems: problems.items,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
