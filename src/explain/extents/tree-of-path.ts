/** Which subvolume of a btrfs a directory lies in. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { treeOf } from '../../system/filesystems/btrfs-subvolumes.ts';

/** The number of its tree; undefined where it cannot be opened or is on another filesystem. */
export function treeOfPath(libc: Libc, path: ByteString): number | undefined {
  const descriptor = openRootDirectory(libc, path);
  if (descriptor < 0) return undefined;
  try {
    return treeOf(libc, descriptor);
  } finally {
    libc.close(descriptor);
  }
}
