/** What a path is really called: no link in it (realpath(3)). */
import { realpathSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Undefined where it leads nowhere, or may not be followed. */
export function realPath(path: ByteString): ByteString | undefined {
  try {
    return fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
