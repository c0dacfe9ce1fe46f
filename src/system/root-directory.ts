/** Opens the directory a scan starts from, and tells which mount it is on. */
import { closeSync, openSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { AT_EMPTY_PATH, STATX, STATX_BYTES, STATX_MNT_ID } from './directory-entries.ts';
import { OPEN_DIRECTORY } from './libc.ts';
import type { Libc } from './libc.ts';

/** Throws as node:fs does where the directory cannot be opened. */
export function openRootDirectory(path: ByteString): number {
  return openSync(toBuffer(path), OPEN_DIRECTORY);
}

/** The id of the mount behind a descriptor, as in mountinfo; undefined before Linux 5.8, which does not tell. */
export function mountIdOf(libc: Libc, descriptor: number): number | undefined {
  const stat = new Uint32Array(new ArrayBuffer(STATX_BYTES));
  const empty = new Uint8Array(new ArrayBuffer(STATX_BYTES));
  const at = libc.addressOf(new Uint8Array(stat.buffer));
  if (libc.statx(descriptor, libc.addressOf(empty), AT_EMPTY_PATH, STATX_MNT_ID, at) < 0) return undefined;
  return (stat[STATX.mask] & STATX_MNT_ID) === 0 ? undefined : stat[STATX.mountId];
}

/** Whether the fast calls work here: the library is there and the kernel tells mount ids. */
export function canWalk(libc: Libc): boolean {
  try {
    const descriptor = openRootDirectory('/' as ByteString);
    try {
      return mountIdOf(libc, descriptor) !== undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
