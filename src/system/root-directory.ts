/** Opens the directory a scan starts from, and tells whether the fast calls work on this machine. */
import { closeSync, openSync, statSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { OPEN_DIRECTORY } from './libc.ts';
import type { Libc } from './libc.ts';
import { Statx } from './statx.ts';

/** Throws as node:fs does where the directory cannot be opened. */
export function openRootDirectory(path: ByteString): number {
  return openSync(toBuffer(path), OPEN_DIRECTORY);
}

/** Whether the fast calls work here: the kernel tells mount ids (Linux 5.8). */
export function canWalk(libc: Libc): boolean {
  try {
    const descriptor = openRootDirectory('/' as ByteString);
    try {
      const statx = new Statx(libc);
      return statx.lookAtDescriptor(descriptor) && statx.hasMountId;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** Whether `path` leads to a directory, through links too. */
export function isDirectoryPath(path: ByteString): boolean {
  return statSync(toBuffer(path), { throwIfNoEntry: false })?.isDirectory() === true;
}
