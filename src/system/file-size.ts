/** What a single file takes on disk. */
import { lstatSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { BLOCK_BYTES } from '../model/size.ts';

/** Bytes on disk of a regular file; undefined where it is none, or gone. */
export function fileSize(path: ByteString): number | undefined {
  const stat = lstatSync(toBuffer(path), { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.blocks * BLOCK_BYTES : undefined;
}
