/** What each subvolume of a btrfs has and what compression saves, there and in places, as far as root can ask in a moment. */
import { isCompressed } from '../../model/btrfs-usage.ts';
import { joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { BtrfsUsage, CompressionUsage, SubvolumeUsages } from '../../model/btrfs-usage.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import type { PlaceInode } from '../../system/filesystems/btrfs-places.ts';
import { bytesByQuota } from '../../system/filesystems/btrfs-quota.ts';
import { pathInTree, readSubvolumes } from '../../system/filesystems/btrfs-subvolumes.ts';
import type { BtrfsSubvolume } from '../../system/filesystems/btrfs-subvolumes.ts';
import { surveyExtents } from '../../system/filesystems/btrfs-survey.ts';
import type { SubvolumeBytes } from '../../system/filesystems/btrfs-survey.ts';
import { BTRFS_ID, lastInode } from '../../system/filesystems/btrfs-tree.ts';
import { treeOfPath } from './tree-of-path.ts';

/** The extents of 300,000 files take 0.4 s of processor time; the table of a million some 40 MB. */
const SURVEY_MS = 3000;
const MOST_EXTENTS = 1_000_000;

/** A filesystem, and what is compressed in each of the places; undefined where nothing is, or not all could be read in time. */
export interface PlacedBtrfsUsage {
  readonly usage: BtrfsUsage;
  readonly places: readonly (readonly CompressionUsage[])[] | undefined;
}

/**
 * Undefined where btrfs does not tell (not root).
 * @param places paths on it, each directories or files that are asked about together.
 */
export function readBtrfsUsage(
  mountPoint: ByteString,
  places: readonly (readonly ByteString[])[] = [],
): PlacedBtrfsUsage | undefined {
  const libc = loadLibc();
  const descriptor = libc ? openRootDirectory(libc, mountPoint) : -1;
  if (!libc || descriptor < 0) return undefined;
  try {
    const subvolumes = readSubvolumes(libc, descriptor);
    if (lastInode(libc, descriptor, BTRFS_ID.topSubvolume) === 0) return undefined;
    const limits = { deadline: performance.now() + SURVEY_MS, mostExtents: MOST_EXTENTS };
    const survey = surveyExtents(libc, descriptor, subvolumes, [], limits);
    // Most have nothing compressed: then whose extents they are, which takes as long again, is not asked.
    const isAsked = places.length > 0 && survey?.compression.some(isCompressed) === true;
    const inodes = isAsked
      ? places.map((paths) => paths.flatMap((path) => placeInode(libc, path) ?? []))
      : [];
    const placed = isAsked ? surveyExtents(libc, descriptor, subvolumes, inodes, limits) : undefined;
    const quota = bytesByQuota(libc, descriptor);
    const bytes = quota ?? survey?.subvolumes;
    const usage = {
      subvolumes: bytes && {
        countedBy: quota ? ('quota' as const) : ('extents' as const),
        rows: rowsOf(bytes, pathsOf(libc, descriptor, subvolumes)),
      },
      compression: survey?.compression,
    };
    return { usage, places: placed?.places };
  } finally {
    libc.close(descriptor);
  }
}

/** Undefined where nothing is there any more. */
function placeInode(libc: Libc, path: ByteString): PlaceInode | undefined {
  const stat = lstatIfAny(path);
  const tree = stat && treeOfPath(libc, stat.isDirectory() ? path : parentPath(path));
  return tree === undefined ? undefined : { tree, inode: stat!.ino };
}

function rowsOf(
  bytes: ReadonlyMap<number, SubvolumeBytes>,
  paths: ReadonlyMap<number, ByteString>,
): SubvolumeUsages['rows'] {
  return [...paths]
    .flatMap(([id, path]) => {
      const own = bytes.get(id);
      return own ? [{ id, path, ...own }] : [];
    })
    .toSorted((a, b) => b.exclusiveBytes - a.exclusiveBytes || a.id - b.id);
}

/** From the top of the filesystem; those whose directory is not to be found are left out. */
function pathsOf(
  libc: Libc,
  descriptor: number,
  subvolumes: readonly BtrfsSubvolume[],
): ReadonlyMap<number, ByteString> {
  const children = Map.groupBy(subvolumes, ({ parentTree }) => parentTree);
  const paths = new Map([[BTRFS_ID.topSubvolume as number, '' as ByteString]]);
  // Grows while it is gone through.
  for (const [above, abovePath] of paths) {
    for (const { tree, directory, name } of children.get(above) ?? []) {
      const place = pathInTree(libc, descriptor, above, directory);
      if (place === undefined) continue;
      const parts = [abovePath, place, name].filter((part) => part !== '');
      paths.set(tree, parts.reduce(joinPath));
    }
  }
  return paths;
}
