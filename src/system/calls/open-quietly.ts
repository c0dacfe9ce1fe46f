/**
 * Opens what is only looked at so that it does not count as used (O_NOATIME, open(2)): systemd-tmpfiles keeps a directory that was
 * read lately, and on a full disk each new time of reading is one more write.
 */
import { constants } from 'node:fs';
import { constants as osConstants } from 'node:os';
import type { Libc } from './libc.ts';

/** openat(2): a descriptor, or negative (see `errno`). Only owners, and root, may ask not to be seen: others are. */
export function openQuietly(libc: Libc, directory: number, name: number, flags: number): number {
  const opened = libc.openat(directory, name, flags | constants.O_NOATIME);
  return isNotOurs(libc, opened) ? libc.openat(directory, name, flags) : opened;
}

/** The same by open_by_handle_at(2). */
export function openHandleQuietly(libc: Libc, mount: number, handle: number, flags: number): number {
  const opened = libc.openByHandleAt(mount, handle, flags | constants.O_NOATIME);
  return isNotOurs(libc, opened) ? libc.openByHandleAt(mount, handle, flags) : opened;
}

function isNotOurs(libc: Libc, opened: number): boolean {
  return opened < 0 && libc.errno() === osConstants.errno.EPERM;
}
