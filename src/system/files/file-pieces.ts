/**
 * A file's bytes in pieces of at most 1 MiB, plain or decompressed on the way, in memory that does not grow with the
 * file. What Node cannot decompress is named, not guessed at.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteString, toBuffer } from '../../model/byte-string.ts';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Transform } from 'node:stream';

const pieceBytes = 1 << 20;

/** How a file's content is packed, by its first bytes (never by its name). */
export type Packing = 'plain' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'lz4' | 'journal';

/** First bytes → packing. Sources: RFC 1952, RFC 8878, xz and bzip2 file formats, lz4 frame format, systemd's journal-def.h. */
const magics: readonly (readonly [Packing, Buffer])[] = [
  ['gzip', Buffer.from([0x1f, 0x8b, 0x08])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])],
  ['bzip2', Buffer.from('BZh')],
  ['lz4', Buffer.from([0x04, 0x22, 0x4d, 0x18])],
  ['journal', Buffer.from('LPKSHHRH')],
];

export function packingOf(head: Uint8Array): Packing {
  for (const [packing, magic] of magics)
    if (head.length >= magic.length && magic.equals(head.subarray(0, magic.length))) return packing;
  return 'plain';
}

/** An open file: its size when it was opened, and whether its bytes can be addressed. */
export interface OpenFile extends AsyncDisposable {
  readonly sizeBytes: number;
  readonly kind: 'file' | 'stream' | 'directory' | 'device';
  /** Up to `bytes` from `offset`; fewer at the end. */
  head(offset: number, bytes: number): Promise<Buffer>;
  /** [from, to) in pieces; each is valid until the next is asked for. */
  pieces(from: number, to: number): AsyncGenerator<Buffer, void>;
}

/** Opens for reading. Rejects as the system does (ENOENT, EACCES…). */
export async function openFile(path: ByteString): Promise<OpenFile> {
  const handle = await open(toBuffer(path), 'r');
  const stats = await handle.stat();
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'directory'
      : stats.isFIFO() || stats.isSocket()
        ? 'stream'
        : 'device';
  return {
    sizeBytes: stats.size,
    kind,
    head: async (offset, bytes) => {
      const buffer = Buffer.alloc(bytes);
      return buffer.subarray(0, (await handle.read(buffer, 0, bytes, offset)).bytesRead);
    },
    pieces: (from, to) => piecesOf(handle, kind === 'stream' ? null : from, to),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** From null reads on from where the handle stands: a pipe has no offsets. */
async function* piecesOf(handle: FileHandle, from: number | null, to: number): AsyncGenerator<Buffer, void> {
  let at = from ?? 0;
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, to - at)));
  while (at < to) {
    const { bytesRead } = await handle.read(
      buffer,
      0,
      Math.min(buffer.length, to - at),
      from === null ? null : at,
    );
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A compressed file's content in pieces. Throws what zlib reports (a cut-short file after its last good piece). */
export async function* unpackedPieces(
  path: ByteString,
  packing: 'gzip' | 'zstd',
): AsyncGenerator<Buffer, void> {
  const unpack: Transform =
    packing === 'gzip'
      ? createGunzip({ chunkSize: 64 * 1024 })
      : createZstdDecompress({ chunkSize: 64 * 1024 });
  const source = createReadStream(toBuffer(path), { highWaterMark: 64 * 1024 });
  source.on('error', (error) => unpack.destroy(error));
  try {
    yield* source.pipe(unpack) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    unpack.destroy();
  }
}
