/** A log file's or stream's bytes into a meter: the tail and the head's first time, or all of it, whatever it is packed in. */
import type { ByteString } from '../../model/byte-string.ts';
import type { LogProblem } from '../../model/log-fact.ts';
import { openFile, pipePieces, unpackedPieces } from '../../system/files/file-pieces.ts';
import type { OpenFile } from '../../system/files/file-pieces.ts';
import { PackingError, isUnpackable, packingOf } from '../../system/files/packing.ts';
import { errorCode } from '../../system/calls/errno.ts';
import { journalPieces } from '../../system/services/journal-file.ts';
import { dateOrderIn, hasSlashDates, type Order } from '../times/date-order.ts';
import { firstStamp } from '../times/first-stamp.ts';
import { LogMeter } from './log-meter.ts';
import { TailBuffer } from '../lines/tail-buffer.ts';

export interface ReadOptions {
  /** Bytes of the end to read. */
  readonly tailBytes: number;
  /** Read everything instead. */
  readonly whole: boolean;
  /** The caller's time, seconds since 1970: the year of stamps without one. */
  readonly nowSeconds: number;
  /** Minutes east of UTC, for stamps without a zone. */
  readonly zoneMinutes: number;
  /** Stops the reading early; what was read until then is judged. */
  readonly signal?: AbortSignal;
  /** Told the bytes of each piece read. */
  readonly onRead?: (bytes: number) => void;
}

export interface LogReading {
  readonly meter: LogMeter;
  readonly fileBytes: number | null;
  readonly whole: boolean;
  /** The first time in the file, where the head was looked at as well; NaN when unknown. */
  readonly headSeconds: number;
  /** What kept part of it from being read, or null. */
  readonly problem: LogProblem | null;
}

const headBytes = 64 * 1024;
/** Journal entries that stand for the tail. */
const tailEntries = 30_000;

/** Reads one file. Rejects as the system does where it cannot be opened, and with the kind as the code for what is no file (EISDIR, 'named-pipe', 'socket', 'device'). */
export async function readLogFile(path: ByteString, options: ReadOptions): Promise<LogReading> {
  const opened = await openFile(path);
  if (opened.kind === 'pipe') return await readStream(pipePieces(path), options);
  if (opened.kind === 'directory') throw refusal('EISDIR');
  if (opened.kind !== 'file') throw refusal(opened.kind);
  await using file = opened;
  const head = await file.head(0, headBytes);
  const packing = packingOf(head);
  const size = file.sizeBytes;
  if (isUnpackable(packing)) return await readPacked(unpackedPieces(path, packing), size, options);
  if (packing === 'journal') return await readJournal(path, size, options);
  if (packing !== 'plain') return empty(options, size, { code: 'packed', packing });
  if (isBinary(head)) return empty(options, size, { code: 'not-text' });
  return await readPlain(file, head, options);
}

/** What is no log is refused with its kind as the code, as the system refuses with an errno name. */
function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Reads a stream to its end. */
export async function readStream(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<LogReading> {
  const meter = newMeter(options);
  const problem = await feedAll(meter, pieces, options);
  return { meter, fileBytes: null, whole: problem === null, headSeconds: Number.NaN, problem };
}

async function readPlain(file: OpenFile, head: Buffer, options: ReadOptions): Promise<LogReading> {
  const size = file.sizeBytes;
  const dates = hasSlashDates(head)
    ? dateOrderIn([head, await file.head(Math.max(0, size - headBytes), headBytes)], options.nowSeconds)
    : null;
  const meter = newMeter(options, dates);
  const whole = options.whole || size <= options.tailBytes;
  let problem: LogProblem | null;
  if (whole) problem = await feedAll(meter, file.pieces(0, size), options);
  else problem = await feedAll(meter, fromNextLine(file.pieces(size - options.tailBytes, size)), options);
  const headSeconds = whole ? Number.NaN : firstStamp(head, options.nowSeconds, options.zoneMinutes, dates);
  return { meter, fileBytes: size, whole: whole && problem === null, headSeconds, problem };
}

async function readPacked(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  options: ReadOptions,
): Promise<LogReading> {
  const meter = newMeter(options);
  if (options.whole)
    return {
      meter,
      fileBytes: size,
      whole: true,
      headSeconds: Number.NaN,
      problem: await feedAll(meter, pieces, options),
    };
  // The end of a compressed file is only reached through its beginning: keep the last bytes on the way.
  const tail = new TailBuffer(options.tailBytes);
  let headSeconds = Number.NaN;
  const problem = await eachPiece(pieces, options, (piece) => {
    if (tail.total === 0) headSeconds = firstStamp(piece, options.nowSeconds, options.zoneMinutes, null);
    tail.add(piece);
  });
  const cut = tail.total > options.tailBytes;
  meter.feed(cut ? afterFirstNewline(tail.bytes()) : tail.bytes());
  meter.end();
  return {
    meter,
    fileBytes: size,
    whole: !cut && problem === null,
    headSeconds: cut ? headSeconds : Number.NaN,
    problem,
  };
}

async function readJournal(path: ByteString, size: number, options: ReadOptions): Promise<LogReading> {
  const meter = newMeter(options);
  try {
    for await (const piece of journalPieces(path, options.whole ? null : tailEntries)) meter.feed(piece);
  } catch (error) {
    const isMissing = errorCode(error) === 'ENOENT';
    return empty(
      options,
      size,
      isMissing ? { code: 'no-journalctl' } : { code: 'unreadable-journal', message: messageOf(error) },
    );
  }
  meter.end();
  return { meter, fileBytes: size, whole: options.whole, headSeconds: Number.NaN, problem: null };
}

function feedAll(
  meter: LogMeter,
  pieces: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<LogProblem | null> {
  return eachPiece(pieces, options, (piece) => meter.feed(piece)).finally(() => meter.end());
}

/** Runs over the pieces; a failure on the way ends the reading with a reason, not the program. */
async function eachPiece(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  use: (piece: Uint8Array) => void,
): Promise<LogProblem | null> {
  try {
    for await (const piece of pieces) {
      use(piece);
      options.onRead?.(piece.length);
      if (options.signal?.aborted === true) return { code: 'interrupted' };
    }
  } catch (error) {
    if (options.signal?.aborted === true) return { code: 'interrupted' };
    const code = errorCode(error);
    const message = messageOf(error);
    if (error instanceof PackingError)
      return error.what === 'cut-short' ? { code: 'cut-short' } : { code: 'damaged', message };
    return { code: 'read-failed', message: code ?? message };
  }
  return null;
}

async function* fromNextLine(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let begun = false;
  for await (const piece of pieces) {
    if (begun) yield piece;
    else {
      const newline = piece.indexOf(10);
      begun = newline >= 0;
      if (begun) yield piece.subarray(newline + 1);
    }
  }
}

function afterFirstNewline(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.indexOf(10) + 1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function newMeter(options: ReadOptions, dates: Order | null = null): LogMeter {
  return new LogMeter(options.nowSeconds, options.zoneMinutes, dates);
}

function empty(options: ReadOptions, fileBytes: number | null, problem: LogProblem): LogReading {
  return { meter: newMeter(options), fileBytes, whole: false, headSeconds: Number.NaN, problem };
}

/** More than a tenth control bytes after any leading hole: wtmp, lastlog, a database. */
function isBinary(head: Buffer): boolean {
  let from = 0;
  while (from < head.length && head[from] === 0) from++;
  let odd = 0;
  for (let at = from; at < head.length; at++) {
    const byte = head[at];
    if (byte < 32 && byte !== 10 && byte !== 9 && byte !== 13 && byte !== 27) odd++;
  }
  return head.length - from > 0 && odd > 0.1 * (head.length - from);
}
