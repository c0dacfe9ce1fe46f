/** The names in a directory, for those who look for one of them. */
import { readdirSync } from 'node:fs';
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
