/** Some names of a directory that may hold millions. */
import { opendirSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** The first `count` names in the directory's own order (by hash on ext4, so a fair sample); none where it cannot be read. */
export function sampleNames(path: ByteString, count: number): ByteString[] {
  const names: ByteString[] = [];
  try {
    // One character per byte, as ByteStrings are.
    const directory = opendirSync(toBuffer(path), { encoding: 'latin1', bufferSize: 1024 });
    try {
      let entry = directory.readSync();
      for (; entry !== null && names.length < count; entry = directory.readSync())
        names.push(entry.name as ByteString);
    } finally {
      directory.closeSync();
    }
  } catch {
    // What was read so far is a sample too.
  }
  return names;
}
