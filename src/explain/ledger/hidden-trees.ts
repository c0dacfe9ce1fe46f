/** What lies under mount points, where no path leads: seen through a copy of the mount without what is mounted in it. */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { HiddenTree } from '../../model/ledger.ts';
import type { LedgerNote } from '../../model/ledger-note.ts';
import type { Mount } from '../../model/mount.ts';
import type { RankedFile, ScanResult } from '../../model/scan-result.ts';
import { scan } from '../../scan/scan.ts';
import type { Root, ScanHooks } from '../../scan/scan.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openTreeWithoutMounts } from '../../system/mounts/open-tree.ts';

export interface HiddenTrees {
  /** Largest first. */
  readonly trees: readonly HiddenTree[];
  /** Why there may be more; undefined where all was seen. */
  readonly unseen: LedgerNote | undefined;
}

const NONE: HiddenTrees = { trees: [], unseen: undefined };
const LARGEST = 3;

/** @param mounts all of the mount table, covered ones included: each covers what it is mounted on. */
export async function findHiddenTrees(
  mount: Mount,
  mounts: readonly Mount[],
  nowSeconds: number,
  signal: ScanHooks['signal'],
): Promise<HiddenTrees> {
  const covering = mounts.filter(
    ({ id, parentId, mountPoint }) =>
      id !== mount.id && parentId === mount.id && mountPoint !== mount.mountPoint,
  );
  if (covering.length === 0) return NONE;
  const copy = openTreeWithoutMounts(mount.mountPoint);
  if (typeof copy === 'string')
    return { trees: [], unseen: { code: 'mounts-not-looked-under', mounts: covering.length } };
  using tree = copy;
  const covered = coveredPlaces(mount, covering, tree.path);
  const result = await scan(
    {
      roots: covered.map(({ root }) => root),
      boundaries: { entered: [], left: [] },
      source: 'auto',
      threads: undefined,
      exclude: [],
      largestCount: 1000,
      rankByApparent: false,
      nowSeconds,
    },
    signal ? { signal } : {},
  );
  const trees = covered.map(({ mount: one }, index) => hiddenTree(one, result, index, tree.path, mount));
  return {
    trees: trees.toSorted((a, b) => b.diskBytes - a.diskBytes),
    unseen: result.complete ? undefined : { code: 'partly-unreadable' },
  };
}

interface CoveredPlace {
  readonly mount: Mount;
  readonly root: Root;
}

/** One per place: where several were mounted over each other, the lowest covers; inner ones lie in outer ones. */
function coveredPlaces(mount: Mount, covering: readonly Mount[], copy: ByteString): CoveredPlace[] {
  const places: CoveredPlace[] = [];
  for (const one of covering.toSorted((a, b) => a.mountPoint.length - b.mountPoint.length)) {
    if (places.some((other) => isInside(one.mountPoint, other.mount.mountPoint))) continue;
    const below = one.mountPoint.slice(mount.mountPoint === '/' ? 1 : mount.mountPoint.length + 1);
    const path = joinPath(copy, below as ByteString);
    const stat = lstatIfAny(path);
    // Renamed or removed by somebody who sees it without the mount.
    if (stat) places.push({ mount: one, root: { path, stat, mount } });
  }
  return places;
}

function hiddenTree(
  covering: Mount,
  { tree, roots, largestFiles }: ScanResult,
  index: number,
  copy: ByteString,
  mount: Mount,
): HiddenTree {
  const { directory } = roots[index];
  const { diskBytes, entries, incomplete, parent } = tree.columns;
  const isBelow = ({ directory: start }: RankedFile): boolean => {
    let id = start;
    while (id > directory) id = parent[id];
    return id === directory;
  };
  const named = (path: ByteString): ByteString =>
    joinPath(mount.mountPoint, path.slice(copy.length + 1) as ByteString);
  return {
    mountPoint: covering.mountPoint,
    coveredBy: { type: covering.type, source: covering.source },
    diskBytes: diskBytes[directory],
    entries: entries[directory],
    complete: incomplete[directory] === 0,
    largest: largestFiles
      .filter(isBelow)
      .slice(0, LARGEST)
      .map((file) => ({ path: named(file.path), diskBytes: file.diskBytes })),
  };
}
