/** What a path is really called: no link in it (realpath(3)). */
import { realpathSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from './unanswered-places.ts';

/** Undefined where it leads nowhere, may not be followed, or would be waited for (see unanswered-places.ts). */
export function realPath(path: ByteString): ByteString | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    return fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
