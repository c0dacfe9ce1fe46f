/** What is in a file, plain, of gzip or of zstd, told by its first bytes: in pieces, and no faster than it is read. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Damage } from './damage.ts';
import { ZstdFrames, isZstd } from './zstd-frames.ts';

/** Bytes that decide. */
const HEAD_BYTES = 8;
const GZIP = [0x1f, 0x8b];
const OUTPUT_BYTES = 256 * 1024;

/** The pieces that are in `pieces`; throws Damage. @param head the first bytes of it, as far as there are any. */
export function unpacked(head: Buffer, pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (GZIP.every((byte, index) => head[index] === byte)) return ungzipped(pieces);
  return isZstd(head) ? unzstded(pieces) : pieces;
}

/** The first bytes of a stream, and all of it. */
export async function withHead(
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  };
  return { head: head.subarray(0, HEAD_BYTES), all: all() };
}

async function* ungzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* through(pieces, createGunzip({ chunkSize: OUTPUT_BYTES }), 'gzip', 0);
}

async function* unzstded(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const frames = new ZstdFrames(pieces);
  while (await frames.hasMore())
    yield* through(frames.frame(), createZstdDecompress({ chunkSize: OUTPUT_BYTES }), 'zstd', frames.offset);
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

/** @param start where `pieces` begin in the file. */
async function* through(
  pieces: AsyncIterable<Uint8Array>,
  unpacker: Unpacker,
  packing: 'gzip' | 'zstd',
  start: number,
): AsyncGenerator<Uint8Array> {
  const done = pipeline(Readable.from(pieces, { objectMode: false }), unpacker);
  // Its failure is thrown where its output is read.
  done.catch(() => undefined);
  try {
    for await (const piece of unpacker as AsyncIterable<Buffer>) yield piece;
    await done;
  } catch (error) {
    if (error instanceof Damage) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^(?:Z_|ZSTD_|ERR_ZLIB|ERR_STREAM_PREMATURE)/u.test(code)) throw error;
    const offset = start + unpacker.bytesWritten;
    throw new Damage(code === 'Z_BUF_ERROR' ? 'ends too soon' : `damaged ${packing} data`, offset, true);
  }
}
