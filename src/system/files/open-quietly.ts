/** Opens files to look into them without leaving a trace: a read that changed when they were last read would make them look used. */
import { constants, openSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';

/** O_NOATIME; nothing where the system has no such flag. */
export const QUIETLY = (constants.O_NOATIME as number | undefined) ?? 0;

/**
 * A descriptor to read from; throws what openSync does. Only the owner of a file and root may ask for O_NOATIME
 * (open(2)): for others it is opened all the same.
 * @param flags beside O_RDONLY and O_NONBLOCK, which keeps a pipe from keeping anybody waiting.
 */
export function openQuietly(path: ByteString, flags = 0): number {
  const reading = constants.O_RDONLY | constants.O_NONBLOCK | flags;
  try {
    return openSync(toBuffer(path), reading | QUIETLY);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
    return openSync(toBuffer(path), reading);
  }
}
