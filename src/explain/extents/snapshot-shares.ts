/** What snapshots of btrfs have alone, and what of large files they keep, as far as it can be asked in a moment. */
import { baseName, isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { SnapshotHeldFile, SnapshotShares } from '../../model/findings/btrfs-snapshots.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { BtrfsExtents } from '../../system/filesystems/btrfs-extents.ts';
import type { Extents } from '../../system/filesystems/btrfs-extents.ts';
import { bytesByQuota } from '../../system/filesystems/btrfs-quota.ts';
import { treeOfPath } from './tree-of-path.ts';

/** A report waits no longer for it: for finding the extents, and for asking who has them. */
const COLLECT_MS = 150;
const ASK_MS = 300;
/** Large files that are asked about, and how long for all of them. */
const MOST_FILES = 3;
const FILES_MS = 100;

export interface SharesOfSnapshots {
  readonly shares: SnapshotShares | undefined;
  readonly heldFiles: readonly SnapshotHeldFile[];
}

/** @param files those that a person may want to delete, largest first; what lies in the snapshots is left out. */
export function sharesOf(snapshots: readonly ByteString[], files: readonly RankedFile[]): SharesOfSnapshots {
  const nothing = { shares: undefined, heldFiles: [] };
  const libc = loadLibc();
  const descriptor = libc ? openRootDirectory(libc, snapshots[0]) : -1;
  if (!libc || descriptor < 0) return nothing;
  try {
    const names = new Map<number, ByteString>();
    for (const path of snapshots) {
      const tree = treeOfPath(libc, path);
      if (tree !== undefined) names.set(tree, baseName(path));
    }
    if (names.size < snapshots.length) return nothing;
    const extents = new BtrfsExtents(libc, descriptor);
    const isCopy = ({ path }: RankedFile): boolean => snapshots.some((snapshot) => isInside(path, snapshot));
    const live = files.filter((file) => !isCopy(file));
    const found = collectExtents(libc, extents, names, files.filter(isCopy));
    return {
      shares: askShares(extents, found, names, bytesByQuota(libc, descriptor)),
      heldFiles: askFiles(libc, extents, names, live),
    };
  } finally {
    libc.close(descriptor);
  }
}

/** The extents that were found in time, and whether they are all. */
interface Collected {
  readonly extents: Extents;
  readonly isComplete: boolean;
}

/** Of the largest files first: a large tree is not read to its end. */
function collectExtents(
  libc: Libc,
  asked: BtrfsExtents,
  names: ReadonlyMap<number, ByteString>,
  largest: readonly RankedFile[],
): Collected {
  const extents: Extents = new Map();
  const start = performance.now();
  for (const { path } of largest) {
    const tree = treeOfPath(libc, parentPath(path));
    const inode = lstatIfAny(path)?.ino;
    if (performance.now() > start + COLLECT_MS / 2 || tree === undefined || inode === undefined) break;
    asked.collect(extents, start + COLLECT_MS / 2, tree, inode);
  }
  const trees = [...names.keys()];
  const isCollected = trees.map((tree, index) =>
    asked.collect(extents, start + (COLLECT_MS * (index + 1)) / trees.length, tree),
  );
  return { extents, isComplete: !isCollected.includes(false) };
}

function askShares(
  asked: BtrfsExtents,
  { extents, isComplete: isCollected }: Collected,
  names: ReadonlyMap<number, ByteString>,
  quota: ReturnType<typeof bytesByQuota>,
): SnapshotShares | undefined {
  let isComplete = isCollected;
  let isTold = false;
  let togetherBytes = 0;
  const alone = new Map<number, number>();
  const deadline = performance.now() + ASK_MS;
  for (const [extent, bytes] of [...extents].toSorted((a, b) => b[1] - a[1])) {
    const owners = performance.now() > deadline ? undefined : asked.treesOf(extent);
    isTold ||= owners !== undefined;
    if (!owners || owners.size === 0) isComplete = false;
    else if ([...owners].every((tree) => names.has(tree))) {
      togetherBytes += bytes;
      const [first] = owners;
      if (owners.size === 1) alone.set(first, (alone.get(first) ?? 0) + bytes);
    }
  }
  if (!isTold && !quota) return undefined;
  const most = [...names.keys()]
    .map((tree) => ({
      name: names.get(tree)!,
      bytes: quota?.get(tree)?.exclusiveBytes ?? alone.get(tree) ?? 0,
    }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .at(0);
  const mostAlone = most && most.bytes > 0 ? most : undefined;
  return { togetherBytes: Math.max(togetherBytes, mostAlone?.bytes ?? 0), mostAlone, isComplete };
}

function askFiles(
  libc: Libc,
  asked: BtrfsExtents,
  names: ReadonlyMap<number, ByteString>,
  files: readonly RankedFile[],
): SnapshotHeldFile[] {
  const deadline = performance.now() + FILES_MS;
  return files.slice(0, MOST_FILES).flatMap(({ path }) => {
    const tree = treeOfPath(libc, parentPath(path));
    const inode = lstatIfAny(path)?.ino;
    const extents: Extents = new Map();
    if (tree === undefined || inode === undefined || !asked.collect(extents, deadline, tree, inode))
      return [];
    let diskBytes = 0;
    let heldBytes = 0;
    const holders = new Set<number>();
    for (const [extent, bytes] of extents) {
      const owners = performance.now() > deadline ? undefined : asked.treesOf(extent);
      // Nothing is said of a file of which not everything is known.
      if (!owners) return [];
      const own = [...owners].filter((owner) => names.has(owner));
      for (const owner of own) holders.add(owner);
      diskBytes += bytes;
      if (own.length > 0) heldBytes += bytes;
    }
    return heldBytes === 0 ? [] : [{ path, diskBytes, heldBytes, snapshots: holders.size }];
  });
}
