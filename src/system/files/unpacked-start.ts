/** How what is in a packed file begins. */
import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { readFileStart } from './file-start.ts';
import { isUnpackable, packingOf } from './packing.ts';
import type { Unpackable } from './packing.ts';

/** Little first, as little may be much: a block of zstd of 4 bytes is 128 KiB, and one of ordinary text as many packed (RFC 8878, 3.1.1.2). */
const PACKED_BYTES = [512, 4096, 32_768, 262_144] as const;
/** More is a bomb, not a beginning. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Up to `length` bytes, told by the first bytes and not by the name; empty where they are damaged or cannot be read.
 * Undefined where it is not packed, or in a way that Node does not unpack (xz, bzip2, lz4, compress).
 */
export function readUnpackedStart(path: ByteString, length: number): ByteString | undefined {
  let content = '' as ByteString;
  for (const bytes of PACKED_BYTES) {
    const packed = toBuffer(readFileStart(path, bytes) ?? ('' as ByteString));
    const packing = packingOf(packed);
    if (!isUnpackable(packing)) return packed.length === 0 ? content : undefined;
    content = unpack(packing, packed, length);
    if (content.length === length || packed.length < bytes) break;
  }
  return content;
}

function unpack(packing: Unpackable, packed: Buffer, length: number): ByteString {
  try {
    // What is cut short is flushed, not refused.
    const content =
      packing === 'gzip'
        ? gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BYTES })
        : zstdDecompressSync(packed, {
            finishFlush: constants.ZSTD_e_flush,
            maxOutputLength: MOST_BYTES,
          });
    return fromBytes(content, 0, Math.min(length, content.length));
  } catch {
    return '' as ByteString;
  }
}
