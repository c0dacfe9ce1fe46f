/** lstat(2) for those to whom an entry that cannot be looked at is as good as none. */
import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from './unanswered-places.ts';

/** The entry itself, links not followed; undefined where it is not there, may not be looked at, or would be waited for. */
export function lstatIfAny(path: ByteString): Stats | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    return lstatSync(toBuffer(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
