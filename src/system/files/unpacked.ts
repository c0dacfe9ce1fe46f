/** What is in gzip or zstd, all members and frames of it (`cat a.zst b.zst`), no faster than it is read. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { errorCode } from '../calls/errno.ts';
import { PackingError } from './packing.ts';
import type { Unpackable } from './packing.ts';
import { ZstdFrames } from './zstd-frames.ts';

const OUTPUT_BYTES = 256 * 1024;

/** What comes before a fault is yielded first. Throws PackingError, and what `pieces` throws. */
export async function* unpacked(
  packing: Unpackable,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  if (packing === 'gzip') {
    yield* through(pieces, createGunzip({ chunkSize: OUTPUT_BYTES }), packing, 0);
    return;
  }
  const frames = new ZstdFrames(pieces);
  while (await frames.hasMore())
    yield* through(frames.frame(), createZstdDecompress({ chunkSize: OUTPUT_BYTES }), packing, frames.offset);
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

/** @param start where `pieces` begin in the file. */
async function* through(
  pieces: AsyncIterable<Uint8Array>,
  unpacker: Unpacker,
  packing: Unpackable,
  start: number,
): AsyncGenerator<Uint8Array, void> {
  const done = pipeline(Readable.from(pieces, { objectMode: false }), unpacker);
  // Its failure is thrown where its output is read.
  done.catch(() => undefined);
  try {
    for await (const piece of unpacker as AsyncIterable<Buffer>) yield piece;
    await done;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!/^(?:Z_|ZSTD_|ERR_ZLIB|ERR_STREAM_PREMATURE)/u.test(code)) throw error;
    const offset = start + unpacker.bytesWritten;
    throw code === 'Z_BUF_ERROR'
      ? new PackingError('cut-short', 'ends too soon', offset)
      : new PackingError('damaged', `damaged ${packing} data`, offset);
  }
}
