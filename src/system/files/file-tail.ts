/** The last bytes of a file, and small files whole: never more than asked for, never an exception. */
import { closeSync, fstatSync, readSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';
import { openUnseen } from './open-unseen.ts';

/** The last `bytes` of a regular file; empty where it cannot be read. */
export function readTail(path: ByteString, bytes: number): ByteString {
  return readEnd(path, bytes) ?? ('' as ByteString);
}

/** The lines of a tail that have their beginning and end in it, without empty ones. */
export function wholeLines(tail: ByteString): string[] {
  return (tail as string)
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** A file of at most `mostBytes`, e.g. of settings; undefined where it cannot be read or is larger. */
export function readSmallFile(path: ByteString, mostBytes = 1 << 20): ByteString | undefined {
  const content = readEnd(path, mostBytes + 1);
  return content !== undefined && content.length > mostBytes ? undefined : content;
}

function readEnd(path: ByteString, bytes: number): ByteString | undefined {
  if (isUnanswered(path)) return undefined;
  let descriptor: number;
  try {
    // A pipe of that name must not keep anybody waiting.
    descriptor = openUnseen(path);
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(descriptor);
    // Files of /proc and /sys have no size, but an end.
    if (!stats.isFile()) return undefined;
    const from = Math.max(0, stats.size - bytes);
    const buffer = Buffer.alloc(stats.size === 0 ? bytes : stats.size - from);
    let length = 0;
    while (length < buffer.length) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, from + length);
      if (read === 0) break;
      length += read;
    }
    return fromBytes(buffer, 0, length);
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
