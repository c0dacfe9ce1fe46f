/** Opens the directory a scan starts from, and tells whether the fast calls work on this machine. */
import { statSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD, OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { openQuietly } from '../calls/open-quietly.ts';
import { Statx } from '../calls/statx.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/**
 * A descriptor, or -1 (see `errno`). Not node:fs: the descriptor is closed by libc, and a worker's Node would go on
 * thinking of it as its own.
 */
export function openRootDirectory(libc: Libc, path: ByteString): number {
  const name = Buffer.concat([toBuffer(path), Buffer.of(0)]);
  return openQuietly(libc, AT_FDCWD, libc.addressOf(name), OPEN_DIRECTORY);
}

/** Whether the fast calls work here: the kernel tells mount ids (Linux 5.8). */
export function canWalk(libc: Libc): boolean {
  try {
    const descriptor = openRootDirectory(libc, '/' as ByteString);
    if (descriptor < 0) return false;
    try {
      const statx = new Statx(libc);
      return statx.lookAtDescriptor(descriptor) && statx.hasMountId;
    } finally {
      libc.close(descriptor);
    }
  } catch {
    return false;
  }
}

/** Whether `path` leads to a directory, through links too. */
export function isDirectoryPath(path: ByteString): boolean {
  return !isUnanswered(path) && statSync(toBuffer(path), { throwIfNoEntry: false })?.isDirectory() === true;
}
