/** What was made, renamed or removed in a directory is on disk only when the directory itself was synced (fsync(2)). */
import { closeSync, constants, fsyncSync, openSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Throws as node:fs does. */
export function syncDirectory(path: ByteString): void {
  const descriptor = openSync(toBuffer(path), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
