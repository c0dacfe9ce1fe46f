/** The names in a directory, for those who look for one of them. */
import { readdirSync } from 'node:fs';
import { fromBytes, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** Names without "." and ".."; none where the directory cannot be read. */
export function directoryNames(directory: ByteString): ByteString[] {
  try {
    return readdirSync(toBuffer(directory), { encoding: 'buffer' }).map((name) => fromBytes(name));
  } catch {
    return [];
  }
}
