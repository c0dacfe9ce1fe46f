/** Which subvolumes of btrfs are snapshots; anybody can ask. */
import { accessSync, constants } from 'node:fs';
import { parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';
import { withIoctl } from '../calls/ioctl.ts';
import { lstatIfAny } from '../calls/lstat.ts';

/** The inode of every subvolume's root (BTRFS_FIRST_FREE_OBJECTID in linux/btrfs_tree.h). */
const SUBVOLUME_ROOT = 256;

/** Whether what stat(2) said of a directory on a btrfs is said of a subvolume. */
export function isSubvolumeRoot({ ino }: { readonly ino: number }): boolean {
  return ino === SUBVOLUME_ROOT;
}

/**
 * What kind of snapshot a directory of a btrfs is: a subvolume that nobody can write, in one that can be written, or one
 * that was made from another and can be written, as a system is after it was rolled back. Undefined where it is neither.
 */
export function snapshotKind(path: ByteString): 'read-only' | 'writable' | undefined {
  if (lstatIfAny(path)?.ino !== SUBVOLUME_ROOT) return undefined;
  if (!isReadOnly(path)) return hasOrigin(path) ? 'writable' : undefined;
  return isReadOnly(parentPath(path)) ? undefined : 'read-only';
}

/** _IOWR(0x94, 61, 4096 bytes): BTRFS_IOC_GET_SUBVOL_ROOTREF, Linux 4.18, which anybody may ask. */
const CHILDREN = 0xd000_943d;
const CHILDREN_BYTES = 4096;
const CHILDREN_COUNT = 4088;

/** Whether subvolumes lie in the one that `path` is in, at any depth; true where nobody tells. */
export function mayHoldSubvolumes(path: ByteString): boolean {
  const children = Buffer.from(new ArrayBuffer(CHILDREN_BYTES));
  const isTold = withIoctl(path, (ask) => ask(CHILDREN, children)) ?? false;
  return !isTold || children[CHILDREN_COUNT] > 0;
}

/** _IOR(0x94, 60, 504 bytes): BTRFS_IOC_GET_SUBVOL_INFO, Linux 4.18. */
const SUBVOLUME_INFO = 0x81f8_943c;
const SUBVOLUME_INFO_BYTES = 504;
const PARENT_UUID = { start: 312, end: 328 } as const;

function hasOrigin(path: ByteString): boolean {
  const info = Buffer.from(new ArrayBuffer(SUBVOLUME_INFO_BYTES));
  const isTold = withIoctl(path, (ask) => ask(SUBVOLUME_INFO, info)) ?? false;
  return isTold && info.subarray(PARENT_UUID.start, PARENT_UUID.end).some((byte) => byte !== 0);
}

/** EROFS comes before permissions are asked (access(2)), so that root is told too. */
function isReadOnly(path: ByteString): boolean {
  try {
    accessSync(toBuffer(path), constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}
