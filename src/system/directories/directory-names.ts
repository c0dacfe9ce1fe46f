/** The names in a directory, for those who look for one of them. */
import { opendirSync, readdirSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/** Names without "." and ".."; none where the directory cannot be read, or would be waited for. */
export function directoryNames(directory: ByteString): ByteString[] {
  if (isUnanswered(directory)) return [];
  try {
    return readdirSync(toBuffer(directory), { encoding: 'buffer' }).map((name) => fromBytes(name));
  } catch {
    return [];
  }
}

/**
 * For a directory that may hold millions: the first `count` names in its own order (by hash on ext4, so a fair
 * sample); none where it cannot be read.
 */
export function sampleNames(path: ByteString, count: number): ByteString[] {
  return sampleDirectory(path, count).names;
}

/** The same, and which of the names are directories and symbolic links, as far as the filesystem says so itself (d_type, readdir(3)). */
export function sampleDirectory(
  path: ByteString,
  count: number,
): { readonly names: ByteString[]; readonly directories: ByteString[]; readonly links: ByteString[] } {
  const names: ByteString[] = [];
  const directories: ByteString[] = [];
  const links: ByteString[] = [];
  if (isUnanswered(path)) return { names, directories, links };
  try {
    // One character per byte, as ByteStrings are.
    const directory = opendirSync(toBuffer(path), { encoding: 'latin1', bufferSize: 1024 });
    try {
      let entry = directory.readSync();
      for (; entry !== null && names.length < count; entry = directory.readSync()) {
        names.push(entry.name as ByteString);
        if (entry.isDirectory()) directories.push(entry.name as ByteString);
        else if (entry.isSymbolicLink()) links.push(entry.name as ByteString);
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    // What was read so far is a sample too.
  }
  return { names, directories, links };
}
