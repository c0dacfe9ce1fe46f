/** Reads a file of settings; root reads none that another user could have written. */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fromText } from '../../model/byte-string.ts';
import { isUnanswered } from '../../system/calls/unanswered-places.ts';
import { errorCode } from '../../system/calls/errno.ts';

export type TrustedText = { readonly text: string } | 'absent' | 'distrusted' | 'unreadable';

const WRITABLE_BY_OTHERS = 0o022;

/** A file that cannot be read, or would be waited for, must not keep the program from its work. @param uid who runs the program. */
export function readTrusted(file: string, uid: number): TrustedText {
  if (isUnanswered(fromText(file))) return 'unreadable';
  try {
    const real = realpathSync(file);
    if (uid === 0 && !isRootsWay(path.dirname(real))) return 'distrusted';
    // Nobody but root could exchange it now, where that matters.
    const descriptor = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(descriptor);
      if (uid === 0 && !isRoots(stat)) return 'distrusted';
      if (!stat.isFile()) return 'unreadable';
      return { text: readFileSync(descriptor, 'utf8') };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable';
  }
}

function isRoots({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return uid === 0 && (mode & WRITABLE_BY_OTHERS) === 0;
}

/** Who can write a directory can put another file in its place. */
function isRootsWay(directory: string): boolean {
  if (!isRoots(statSync(directory))) return false;
  return directory === '/' || isRootsWay(path.dirname(directory));
}
