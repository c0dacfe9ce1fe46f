/** lstat(2) for those to whom an entry that cannot be looked at is as good as none. */
import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** The entry itself, links not followed; undefined where it is not there or may not be looked at. */
export function lstatIfAny(path: ByteString): Stats | undefined {
  try {
    return lstatSync(toBuffer(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
