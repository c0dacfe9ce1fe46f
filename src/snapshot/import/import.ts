/** The door of the import: reads a snapshot that diskwhy, ncdu or gdu wrote, whatever it is packed in. */
import { createReadStream } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { RecordedScanOptions } from '../../scan/scan.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { PackingError, isUnpackable, packingOf } from '../../system/files/packing.ts';
import { unpacked } from '../../system/files/unpacked.ts';
import { readBinary } from './binary-reader.ts';
import { SIGNATURE } from './block-file.ts';
import { Damage } from './damage.ts';
import { JsonReader } from './json-reader.ts';
import type { EntrySink, SnapshotHead } from './read-entry.ts';
import { ScanSink } from './scan-sink.ts';
import { withHead } from './with-head.ts';

export type { EntrySink, ReadEntry, SnapshotHead, SnapshotScope } from './read-entry.ts';

/** Where a snapshot is read from. */
export interface SnapshotInput {
  /** How it was named. */
  readonly path: ByteString;
  /** Its bytes where it is no file of that path, as those of standard input. */
  readonly pieces?: AsyncIterable<Uint8Array> | undefined;
}

export interface ReadHooks {
  /** Ends the reading: what was read is of no use then. */
  readonly signal?: AbortSignal;
  /** Told the bytes of each piece read. */
  readonly onRead?: (bytes: number) => void;
}

/** A snapshot as a scan. */
export interface ReadSnapshot {
  readonly scan: ScanResult;
  readonly head: SnapshotHead;
}

const PIECE_BYTES = 512 * 1024;

/**
 * Hands everything that the file says to `sink`. Throws UsageError with the byte's offset where the file is damaged or
 * is no snapshot, and the signal's reason where it was ended.
 */
export async function readEntries(
  input: SnapshotInput,
  sink: EntrySink,
  hooks: ReadHooks = {},
): Promise<void> {
  const { path, pieces = createReadStream(toBuffer(path), { highWaterMark: PIECE_BYTES }) } = input;
  let isPacked = false;
  try {
    const { head, all } = await withHead(counted(pieces, hooks));
    if (head.equals(SIGNATURE)) {
      if (input.pieces)
        throw new UsageError("ncdu's binary export has its index at the end; name the file", path);
      readBinary(path, sink, hooks.signal);
      return;
    }
    const packing = packingOf(head);
    isPacked = isUnpackable(packing);
    const content = isUnpackable(packing) ? unpacked(packing, all) : all;
    const reader = new JsonReader(sink);
    for await (const piece of content) reader.feed(piece);
    reader.end();
  } catch (error) {
    throw refusal(error, path, isPacked);
  }
}

/** Hands everything that pieces of ncdu's JSON say to `sink`: those that this program has just made. */
export function entryReader(sink: EntrySink): Pick<JsonReader, 'feed' | 'end'> {
  return new JsonReader(sink);
}

/** Reads a snapshot as the scan that it was; see readEntries for what is thrown. */
export async function readSnapshot(
  input: SnapshotInput,
  options: RecordedScanOptions,
  hooks: ReadHooks = {},
): Promise<ReadSnapshot> {
  const startedAt = performance.now();
  const sink = new ScanSink(options);
  await readEntries(input, sink, hooks);
  return { scan: sink.result((performance.now() - startedAt) / 1000), head: sink.head! };
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  { signal, onRead }: ReadHooks,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    onRead?.(piece.length);
    yield piece;
  }
}

function refusal(error: unknown, path: ByteString, isPacked: boolean): unknown {
  if (error instanceof Damage) {
    const where = `byte ${error.offset}${isPacked && !error.isInFile ? ' of what is packed in it' : ''}`;
    return new UsageError(`is no whole snapshot: ${error.message}, ${where}`, path);
  }
  if (error instanceof PackingError)
    return new UsageError(`is no whole snapshot: ${error.message}, byte ${error.offset}`, path);
  const code = errorCode(error);
  return code === undefined ? error : new UsageError(errnoMessage(code), path);
}
