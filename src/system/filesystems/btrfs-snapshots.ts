/** Read-only subvolumes of btrfs, as snapshots are; without an ioctl, so that anybody can ask. */
import { accessSync, constants } from 'node:fs';
import { parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';
import { lstatIfAny } from '../calls/lstat.ts';

/** The inode of every subvolume's root (BTRFS_FIRST_FREE_OBJECTID in linux/btrfs_tree.h). */
const SUBVOLUME_ROOT = 256;

/** Whether what stat(2) said of a directory on a btrfs is said of a subvolume. */
export function isSubvolumeRoot({ ino }: { readonly ino: number }): boolean {
  return ino === SUBVOLUME_ROOT;
}

/** Whether a directory of a btrfs is a subvolume that nobody can write, in one that can be written. */
export function isReadOnlySubvolume(path: ByteString): boolean {
  return lstatIfAny(path)?.ino === SUBVOLUME_ROOT && isReadOnly(path) && !isReadOnly(parentPath(path));
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
