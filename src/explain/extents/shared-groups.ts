/** Which large files have bytes together that nobody else has: those come back once, when all of these files go. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { loadLibc } from '../../system/calls/libc.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import type { Stretch } from '../../system/files/extents.ts';
import { BtrfsExtents } from '../../system/filesystems/btrfs-extents.ts';
import type { Extents } from '../../system/filesystems/btrfs-extents.ts';
import type { SharedOwners } from '../../system/filesystems/shared-owners.ts';
import { readXfsGeometry } from '../../system/filesystems/xfs-bulkstat.ts';
import { XfsOwners } from '../../system/filesystems/xfs-owners.ts';
import { XfsSharers } from '../../system/filesystems/xfs-sharers.ts';
import { treeOfPath } from './tree-of-path.ts';

/** A file of which others have something as well. */
export interface SharingFile {
  readonly path: ByteString;
  readonly mount: Mount;
  /** Where it lies on the disk, as FIEMAP says. */
  readonly shared: readonly Stretch[];
}

/** Files that have all of these bytes among them, and nobody else any. */
export interface SharedGroup {
  readonly paths: readonly ByteString[];
  readonly bytes: number;
}

/** A report waits no longer for it. */
const MOST_MS = 150;

/** Those that the filesystem told of in time; to root only. */
export function sharedGroups(files: readonly SharingFile[]): SharedGroup[] {
  const libc = loadLibc();
  if (!libc || files.length < 2) return [];
  const deadline = performance.now() + MOST_MS;
  return [...Map.groupBy(files, ({ mount }) => mount.device).values()].flatMap((onIt) => {
    const [{ mount }] = onIt;
    if (onIt.length < 2 || (mount.type !== 'xfs' && mount.type !== 'btrfs')) return [];
    const descriptor = openRootDirectory(libc, mount.mountPoint);
    if (descriptor < 0) return [];
    try {
      const owned =
        mount.type === 'xfs'
          ? ownedOnXfs(xfsOwners(libc, descriptor, mount, deadline), onIt, deadline)
          : ownedOnBtrfs(libc, new BtrfsExtents(libc, descriptor), onIt, deadline);
      return groupsOf(owned);
    } finally {
      libc.close(descriptor);
    }
  });
}

/** A stretch of a file and who has any of it, the file itself too; who is not among the files asked about is undefined. */
interface Owned extends Stretch {
  readonly path: ByteString;
  readonly owners: readonly (ByteString | undefined)[];
}

/** By its map of owners, or where it keeps none by the extents of all its files. */
function xfsOwners(libc: Libc, descriptor: number, { device }: Mount, deadline: number): SharedOwners {
  const geometry = readXfsGeometry(libc, descriptor);
  return geometry?.hasOwnerMap === false
    ? new XfsSharers(libc, descriptor, geometry, deadline)
    : new XfsOwners(libc, descriptor, device);
}

function ownedOnXfs(asked: SharedOwners, files: readonly SharingFile[], deadline: number): Owned[] {
  const paths = new Map(files.map(({ path }) => [lstatIfAny(path)?.ino, path]));
  return files.flatMap(({ path, shared }) =>
    shared.flatMap((stretch) => {
      const inodes = performance.now() > deadline ? undefined : asked.inodesOf(stretch.start, stretch.length);
      return inodes ? [{ ...stretch, path, owners: [...inodes].map((inode) => paths.get(inode)) }] : [];
    }),
  );
}

/** FIEMAP puts extents together that others have apart: they are read from the tree. */
function ownedOnBtrfs(
  libc: Libc,
  asked: BtrfsExtents,
  files: readonly SharingFile[],
  deadline: number,
): Owned[] {
  const paths = new Map<string, ByteString>();
  const places = files.flatMap(({ path }) => {
    const tree = treeOfPath(libc, parentPath(path));
    const inode = lstatIfAny(path)?.ino;
    if (tree === undefined || inode === undefined || performance.now() > deadline) return [];
    paths.set(`${tree}:${inode}`, path);
    return [{ path, tree, inode }];
  });
  return places.flatMap(({ path, tree, inode }) => {
    const extents: Extents = new Map();
    if (performance.now() > deadline || !asked.collect(extents, deadline, tree, inode)) return [];
    return [...extents].flatMap(([start, length]) => {
      const owners = performance.now() > deadline ? undefined : asked.ownersOf(start);
      return owners ? [{ start, length, path, owners: owners.map((id) => paths.get(id)) }] : [];
    });
  });
}

function groupsOf(owned: readonly Owned[]): SharedGroup[] {
  const among = owned.filter(
    ({ path, owners }) => owners.length > 1 && owners.includes(path) && !owners.includes(undefined),
  );
  return [...Map.groupBy(among, keyOf).values()].map((stretches) => ({
    paths: stretches[0].owners as readonly ByteString[],
    bytes: Math.max(
      ...[...Map.groupBy(stretches, ({ path }) => path).values()].map((ofOne) => unionBytes(ofOne)),
    ),
  }));
}

/** The same for the same owners, in whatever order they were told: a name on a disk has no zero byte. */
function keyOf({ owners }: Owned): string {
  return owners.toSorted((a = UNKNOWN, b = UNKNOWN) => (a < b ? -1 : 1)).join('\0');
}

const UNKNOWN = '' as ByteString;

/** A file may have the same bytes at several places. */
function unionBytes(stretches: readonly Stretch[]): number {
  let bytes = 0;
  let reached = 0;
  for (const { start, length } of stretches.toSorted((a, b) => a.start - b.start)) {
    bytes += Math.max(0, start + length - Math.max(start, reached));
    reached = Math.max(reached, start + length);
  }
  return bytes;
}
