/**
 * Opens a file to look into it without counting as a use of it (O_NOATIME, open(2)): what was unused for long would else
 * be "read a minute ago" to `diskwhy tmp`, and to any other cleaner that goes by the time of the last use.
 */
import { constants, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';

const READ = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** A descriptor for reading, not waiting for a pipe's writer; throws as open(2) does. @param flags further ones. */
export function openUnseen(path: ByteString, flags = 0): number {
  const bytes = toBuffer(path);
  try {
    return openSync(bytes, READ | flags | constants.O_NOATIME);
  } catch (error) {
    if (!isNotOurs(error)) throw error;
    return openSync(bytes, READ | flags);
  }
}

/** The same for what is read over a while. Rejects as open(2) fails. */
export async function openHandleUnseen(path: ByteString): Promise<FileHandle> {
  const bytes = toBuffer(path);
  try {
    return await open(bytes, READ | constants.O_NOATIME);
  } catch (error) {
    if (!isNotOurs(error)) throw error;
    return await open(bytes, READ);
  }
}

/** Only owners, and root, may ask not to be seen. */
function isNotOurs(error: unknown): boolean {
  return errorCode(error) === 'EPERM';
}
