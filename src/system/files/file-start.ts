/** The first bytes of a file, which say what it is. */
import { closeSync, constants, readSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { openUnseen } from './open-unseen.ts';

/** Whether `path` is a regular file, no link, that can be read and starts with `bytes`. */
export function startsWithBytes(path: ByteString, bytes: ByteString): boolean {
  return readFileStart(path, bytes.length) === bytes;
}

/**
 * Up to `length` first bytes of a regular file; undefined where it is none or cannot be read. Links are not followed.
 * @param from where another part starts, in bytes.
 */
export function readFileStart(path: ByteString, length: number, from = 0): ByteString | undefined {
  // Asked first, since most are not there and an exception costs more than the call.
  if (lstatIfAny(path)?.isFile() !== true) return undefined;
  try {
    const descriptor = openUnseen(path, constants.O_NOFOLLOW);
    try {
      const buffer = Buffer.allocUnsafe(length);
      return fromBytes(buffer, 0, readSync(descriptor, buffer, 0, length, from));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
