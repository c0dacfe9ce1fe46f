/**
 * A file's bytes in pieces of at most 1 MiB, plain or decompressed on the way, in memory that does not grow with the
 * file. What Node cannot decompress is named, not guessed at.
 */
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { type FileHandle, realpath, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { type ByteString, toBuffer } from '../../model/byte-string.ts';
import { openHandleUnseen, openUnseen } from './open-unseen.ts';
import type { Unpackable } from './packing.ts';
import { unpacked } from './unpacked.ts';

const pieceBytes = 1 << 20;

/** What a path leads to: a pipe without a name is one that a shell made (`<(command)`). */
type ContentKind = 'file' | 'pipe' | 'directory' | 'named-pipe' | 'socket' | 'device';

/** A path's kind; only files are open then. */
export type Opened = { readonly kind: Exclude<ContentKind, 'file'> } | ({ readonly kind: 'file' } & OpenFile);

/** An open file and its size when it was opened. */
export interface OpenFile extends AsyncDisposable {
  readonly sizeBytes: number;
  /** Up to `bytes` from `offset`; fewer at the end. */
  head(offset: number, bytes: number): Promise<Buffer>;
  /** [from, to) in pieces; each is valid until the next is asked for. */
  pieces(from: number, to: number): AsyncGenerator<Buffer, void>;
}

/**
 * Opens a file for reading, and nothing else: to open a named pipe waits for its writer or takes its reader away, and
 * to open a device may start it. Rejects as the system does (ENOENT, EACCES…).
 */
export async function openFile(path: ByteString): Promise<Opened> {
  const kind = await kindOf(path, await stat(toBuffer(path)));
  if (kind !== 'file') return { kind };
  const handle = await openHandleUnseen(path);
  const stats = await handle.stat();
  return {
    kind,
    sizeBytes: stats.size,
    head: async (offset, bytes) => {
      const buffer = Buffer.alloc(bytes);
      return buffer.subarray(0, (await handle.read(buffer, 0, bytes, offset)).bytesRead);
    },
    pieces: (from, to) => piecesOf(handle, from, to),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function kindOf(path: ByteString, stats: Stats): Promise<ContentKind> {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSocket()) return 'socket';
  if (!stats.isFIFO()) return 'device';
  // What can be looked at and yet has no path of its own is reached through /dev/fd.
  return await realpath(toBuffer(path)).then(
    () => 'named-pipe',
    () => 'pipe',
  );
}

/** What comes through a pipe that is there already, read without keeping a thread waiting for more. */
export async function* pipePieces(path: ByteString): AsyncGenerator<Buffer, void> {
  const descriptor = openSync(toBuffer(path), constants.O_RDONLY | constants.O_NONBLOCK);
  let pipe: Socket;
  try {
    pipe = new Socket({ fd: descriptor, readable: true, writable: false });
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  try {
    yield* pipe as AsyncIterable<Buffer>;
  } finally {
    pipe.destroy();
  }
}

async function* piecesOf(handle: FileHandle, from: number, to: number): AsyncGenerator<Buffer, void> {
  let at = from;
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, to - at)));
  while (at < to) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A compressed file's content in pieces; see `unpacked` for what is thrown. */
export async function* unpackedPieces(
  path: ByteString,
  packing: Unpackable,
): AsyncGenerator<Uint8Array, void> {
  const source = createReadStream('', { fd: openUnseen(path), highWaterMark: PACKED_BYTES });
  try {
    yield* unpacked(packing, source);
  } finally {
    source.destroy();
  }
}

const PACKED_BYTES = 64 * 1024;
