/** The subvolumes of a btrfs that can be reached from its mount, each a list of its own: inodes are numbered in each. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { BulkRefusal } from '../../model/scan-result.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { Statx } from '../../system/calls/statx.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { readBtrfsSpace } from '../../system/filesystems/btrfs-space.ts';
import { readBtrfsState } from '../../system/filesystems/btrfs-state.ts';
import { pathInTree, readSubvolumes, treeOf } from '../../system/filesystems/btrfs-subvolumes.ts';
import type { BtrfsSubvolume } from '../../system/filesystems/btrfs-subvolumes.ts';
import { BTRFS_ID, lastInode } from '../../system/filesystems/btrfs-tree.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { coveredBy } from './covered.ts';
import type { ListedVolume } from './inode-list.ts';
import { memoryFor } from './list-memory.ts';
import type { VolumeRequest } from './open-volume.ts';
import { changedSince } from './rest.ts';

/** Subvolumes beyond are walked: finding them takes a moment each. */
const MOST_SUBVOLUMES = 200;
/** An inode with its names, and an entry for its bytes, takes no less of the metadata. */
export const INODE_BYTES = 400;
/** Inode numbers that a thread lists at a time. */
const PART_INODES = 8192;
const MOST_PARTS = 256;
const MOST_NAME_BYTES = 261;
/** Blocks that threads have begun. */
const SPARE_NAME_BYTES = 2 ** 25;
const HIGH_WORD = 2 ** 32;
/** Of what is used, one part in so many may be in memory only, without changing what a report says. */
const DELAYED_SHARE = 10_000;
/** Seconds between commits; the mount option says where it is not 30. */
const LONGEST_COMMIT = 300;

/** Lists of a filesystem, and whether its trees said all that was written when they were opened. */
export interface SubvolumeLists {
  readonly lists: readonly ListedVolume[];
  readonly isCommitted: boolean;
}

type Common = Pick<ListedVolume, 'mountId' | 'mountDescriptor'>;

/** The first is the mount's own. */
export function listSubvolumes(
  libc: Libc,
  common: Common,
  { mount, mountPoints, restSeconds }: VolumeRequest,
): SubvolumeLists | BulkRefusal {
  const { mountDescriptor } = common;
  const state = readBtrfsState(libc, mountDescriptor);
  const top = treeOf(libc, mountDescriptor);
  const covered = coveredBy(mountPoints, mount.mountPoint);
  if (!state || top === undefined || !covered || lastInode(libc, mountDescriptor, top) === 0)
    return { code: 'device-unreadable' };
  if (restSeconds === undefined && isHeldBack(mount, state.delayedBytes)) return { code: 'held-back' };
  const space = readBtrfsSpace(mount.mountPoint);
  if (!space) return { code: 'device-unreadable' };
  const since = changedSince(restSeconds, state.isCommitted);
  const mostInodes = space.inodeBytes / INODE_BYTES;
  const lists: ListedVolume[] = [];
  let takenBytes = 0;
  for (const { path, tree } of reachable(libc, mountDescriptor, { path: mount.mountPoint, tree: top })) {
    const device = deviceOf(libc, path, tree);
    const last = lastInode(libc, mountDescriptor, tree);
    if (device === undefined || last === 0) continue;
    const inodes = last + 1;
    const memory = memoryFor(inodes, Math.min(inodes, mostInodes), takenBytes);
    if (!memory) break;
    takenBytes += memory.words.byteLength;
    const numbers = inodes - BTRFS_ID.firstFree;
    const partInodes = Math.max(PART_INODES, Math.ceil(numbers / MOST_PARTS));
    const subvolume = { tree, sectorBytes: state.sectorBytes, lastInode: last, partInodes };
    lists.push({
      ...common,
      changedSince: since,
      device,
      listing: { type: 'btrfs', subvolume },
      parts: Math.ceil(numbers / partInodes),
      inodes,
      ...memory,
      covered: covered.on(device),
      nameless: undefined,
      names: last < HIGH_WORD ? namesFor(numbers, space.inodeBytes) : undefined,
    });
  }
  return lists.length === 0 ? { code: 'memory' } : { lists, isCommitted: state.isCommitted };
}

/** Room for all names of a subvolume, taken only as it is filled: the tree has each of them three times. */
function namesFor(inodes: number, metadataBytes: number): Uint8Array {
  const bytes = Math.min(inodes * MOST_NAME_BYTES, metadataBytes / 3) + SPARE_NAME_BYTES;
  return new Uint8Array(new SharedArrayBuffer(Math.min(bytes, HIGH_WORD - 1)));
}

/** What is in memory only is for the kernel to say; a little of it changes no figure. */
function isHeldBack(mount: VolumeRequest['mount'], delayedBytes: number | undefined): boolean {
  const commit = mount.filesystemOptions.find((option) => option.startsWith('commit='));
  if (commit !== undefined && Number(commit.slice('commit='.length)) > LONGEST_COMMIT) return true;
  return delayedBytes === undefined || delayedBytes > readUsage(mount.mountPoint).usedBytes / DELAYED_SHARE;
}

/** A subvolume, and where it is seen. */
interface Place {
  readonly path: ByteString;
  readonly tree: number;
}

/** `top` and what lies in it, and in that: those above come first. */
function reachable(libc: Libc, descriptor: number, top: Place): Place[] {
  const children = Map.groupBy(readSubvolumes(libc, descriptor), ({ parentTree }) => parentTree);
  const pathOf = (above: Place, { tree, directory, name }: BtrfsSubvolume): Place | undefined => {
    const path = pathInTree(libc, descriptor, above.tree, directory);
    if (path === undefined) return undefined;
    return { path: joinPath(path === '' ? above.path : joinPath(above.path, path), name), tree };
  };
  const places = [top];
  // Grows while it is gone through.
  for (const above of places) {
    for (const child of children.get(above.tree) ?? []) {
      if (places.length >= MOST_SUBVOLUMES) return places;
      const place = pathOf(above, child);
      if (place) places.push(place);
    }
  }
  return places;
}

/** Undefined where something else is seen at the path. */
function deviceOf(libc: Libc, path: ByteString, tree: number): number | undefined {
  const descriptor = openRootDirectory(libc, path);
  if (descriptor < 0) return undefined;
  try {
    const stat = new Statx(libc);
    if (treeOf(libc, descriptor) !== tree || !stat.lookAtDescriptor(descriptor)) return undefined;
    return stat.device;
  } finally {
    libc.close(descriptor);
  }
}
