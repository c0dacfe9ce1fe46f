/** lstat(2) for those to whom an entry that cannot be looked at is as good as none. */
import { lstatSync } from 'node:fs';
import type { BigIntStats, Stats } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { fileIdOfStats } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';

/** The entry itself, links not followed; undefined where it is not there or may not be looked at. */
export function lstatIfAny(path: ByteString): Stats | undefined {
  try {
    return lstatSync(toBuffer(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Which file a path names, links not followed. */
export function fileIdAt(path: ByteString): FileId | undefined {
  let stats: BigIntStats | undefined;
  try {
    stats = lstatSync(toBuffer(path), { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
  return stats && fileIdOfStats(stats);
}
