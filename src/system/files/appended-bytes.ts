/** Reads what was appended to a file: opened, read and closed each time, so that no deleted file is kept alive. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';

export interface AppendedBytes {
  readonly id: FileId;
  readonly from: number;
  readonly bytes: Uint8Array;
}

/**
 * Up to `most` bytes of the regular file at `path`.
 * @param from told what is there now, it says where to begin.
 * Rejects as node:fs does; undefined for what is no regular file.
 */
export async function readAppended(
  path: ByteString,
  from: (id: FileId, size: number) => number,
  most: number,
): Promise<AppendedBytes | undefined> {
  await using file = await open(
    toBuffer(path),
    constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY,
  );
  const stats = await file.stat({ bigint: true });
  if (!stats.isFile()) return undefined;
  const id = fileIdOfStats(stats);
  const size = Number(stats.size);
  const start = from(id, size);
  const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(most, size - start)));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, start + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return { id, from: start, bytes: buffer.subarray(0, length) };
}
