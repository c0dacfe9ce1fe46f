/** The names in a directory, for looking at settings; for trees of any size there is scan/. */
import { readdirSync } from 'node:fs';
import { fromBytes, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** In order; none where it cannot be read. */
export function listNames(directory: ByteString): ByteString[] {
  try {
    return readdirSync(toBuffer(directory), { encoding: 'buffer' })
      .map((name) => fromBytes(name))
      .toSorted();
  } catch {
    return [];
  }
}
