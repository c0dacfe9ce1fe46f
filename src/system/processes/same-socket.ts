/** Whether two paths lead to one socket. */
import { lstatSync, statSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/**
 * Whether the socket bound as `bound` is the one at `path`; undefined where `bound` leads nowhere here, so that it may
 * have been bound in another mount namespace or renamed.
 */
export function isSameSocket(bound: ByteString, path: ByteString): boolean | undefined {
  if (isUnanswered(bound)) return undefined;
  try {
    const one = statSync(toBuffer(bound), { bigint: true });
    const other = lstatSync(toBuffer(path), { bigint: true });
    return one.dev === other.dev && one.ino === other.ino;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
