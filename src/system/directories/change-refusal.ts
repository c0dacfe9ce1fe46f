/** Asks the kernel whether names in a directory may be removed, before the first one is. */
import { accessSync, constants } from 'node:fs';
import { errorCode } from '../calls/errno.ts';

/**
 * The errno's name where this process may not write to an open directory or search it: its permissions or access
 * lists (EACCES), a read-only mount, filesystem or btrfs snapshot (EROFS), an immutable directory (EPERM).
 */
export function changeRefusal(directory: number): string | undefined {
  try {
    // A magic link of /proc leads to what is open, not to its path (proc_pid_fd(5)).
    accessSync(`/proc/self/fd/${directory}`, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code;
  }
}
