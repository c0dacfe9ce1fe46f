/** Records as files below a folder: which there are, and whether one is what was written. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { fromBytes, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { SkipReason } from '../../model/fleet-answer.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { sumOf } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';

/** A record of a host is some kilobytes; what is this large was made to be in the way. */
export const MOST_BYTES = 8 * 2 ** 20;

/**
 * What ends in .parquet below a folder, or is named itself. Symbolic links are not followed: a fleet's folder is written by
 * its hosts. Throws UsageError where the folder cannot be read. @param skip told of folders in it that cannot.
 */
export function filesBelow(
  named: ByteString,
  skip: (path: ByteString, reason: SkipReason) => void,
): ByteString[] {
  const files: ByteString[] = [];
  const folders: ByteString[] = [];
  const read = (folder: ByteString): void => {
    for (const entry of readdirSync(toBuffer(folder), { withFileTypes: true, encoding: 'buffer' })) {
      const path = joinPath(folder, fromBytes(entry.name));
      if (path.endsWith('.parquet')) files.push(path);
      else if (entry.isDirectory()) folders.push(path);
    }
  };
  try {
    read(named.replace(/(?<=.)\/+$/u, '') as ByteString);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOTDIR' && named.endsWith('.parquet')) return [named];
    throw new UsageError(errnoMessage(code), named);
  }
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      read(folder);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      skip(folder, 'unreadable');
    }
  }
  return files;
}

/** Why it does not count; undefined where its bytes are those that were written. */
export function faultOfFile({ path, sum }: FoundRecord): SkipReason | undefined {
  let descriptor;
  try {
    // A FIFO would wait for a writer, a link lead anywhere.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    descriptor = openSync(toBuffer(path), flags);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return 'not-a-record';
    if (stat.size > MOST_BYTES) return 'too-large';
    return sumOf(readFileSync(descriptor)) === sum ? undefined : 'damaged';
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return 'unreadable';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
