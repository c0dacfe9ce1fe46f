/** What a single file takes on disk. */
import { lstatSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { BLOCK_BYTES } from '../model/size.ts';

/** Bytes on disk of a regular file; undefined where it is none, gone, or out of reach. */
export function fileSize(path: ByteString): number | undefined {
  try {
    const stat = lstatSync(toBuffer(path), { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat.blocks * BLOCK_BYTES : undefined;
  } catch {
    return undefined;
  }
}
