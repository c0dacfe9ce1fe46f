/** Which file a path leads to. */
import { lstatSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { fileIdOfStats } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';

/** Links are not followed. Undefined where it is gone or cannot be looked at. */
export function fileIdOf(path: ByteString): FileId | undefined {
  try {
    const stats = lstatSync(toBuffer(path), { bigint: true, throwIfNoEntry: false });
    return stats && fileIdOfStats(stats);
  } catch {
    return undefined;
  }
}
