/**
 * Takes the logger's wrapping off a line: docker's json-file, CRI (`stamp stream F|P `), journald's JSON export.
 * What is inside is then read like any other line. Works into one reused buffer.
 */
import { maxLineBytes } from './line-tokens.ts';

const dockerHead = Buffer.from('{"log":"');
const dockerTime = Buffer.from('"time":"');
const journalMark = Buffer.from('"__REALTIME_TIMESTAMP"');
const streams = [Buffer.from('stdout '), Buffer.from('stderr ')];
const escapes: Readonly<Record<number, number>> = { 110: 10, 116: 9, 114: 13, 98: 8, 102: 12 };

/** The inside of the line last opened: `bytes[from, to)`. */
export class Envelope {
  bytes: Uint8Array = new Uint8Array();
  from = 0;
  to = 0;
  /** Where the wrapper's own time stands: [timeFrom, timeTo) of `timeBytes`, empty when it has none. */
  timeFrom = 0;
  timeTo = 0;
  timeBytes: Uint8Array = this.bytes;
  /** The wrapper's time where it is a number already (journald), else NaN. */
  seconds = Number.NaN;
  readonly #scratch = Buffer.allocUnsafe(2 * maxLineBytes);

  open(bytes: Uint8Array, from: number, to: number): void {
    this.bytes = bytes;
    this.timeBytes = bytes;
    this.from = from;
    this.to = to;
    this.timeFrom = 0;
    this.timeTo = 0;
    this.seconds = Number.NaN;
    const first = bytes[from];
    if (first === 123) {
      if (startsWith(bytes, from, to, dockerHead)) this.#docker(bytes, from, to);
      else if (indexWithin(bytes, from, to, journalMark) >= 0) this.#journal(bytes, from, to);
    } else if (first !== undefined && first >= 48 && first <= 57 && to - from > 30)
      this.#containerRuntime(bytes, from, to);
  }

  #docker(bytes: Uint8Array, from: number, to: number): void {
    const scratch = this.#scratch;
    let at = from + dockerHead.length;
    let length = 0;
    for (; at < to && bytes[at] !== 34; at++) {
      let byte = bytes[at];
      if (byte === 92) {
        const escaped = bytes[++at];
        if (escaped === 117) {
          const code = Number.parseInt(Buffer.from(bytes.subarray(at + 1, at + 5)).toString('latin1'), 16);
          byte = code < 128 ? code : 63;
          at += 4;
        } else byte = escapes[escaped] ?? escaped;
      }
      if (length < maxLineBytes) scratch[length++] = byte;
    }
    const time = indexWithin(bytes, at, to, dockerTime);
    if (time >= 0) {
      this.timeFrom = time + dockerTime.length;
      this.timeTo = to;
    }
    while (length > 0 && (scratch[length - 1] === 10 || scratch[length - 1] === 13)) length--;
    this.bytes = scratch;
    this.from = 0;
    this.to = length;
  }

  /** 2026-11-22T17:42:26.427674123Z stderr F message: the stamp ends within 36 bytes (RFC 3339 with nanoseconds). */
  #containerRuntime(bytes: Uint8Array, from: number, to: number): void {
    if (bytes[from + 10] !== 84 || bytes[from + 4] !== 45) return;
    const space = bytes.indexOf(32, from + 19);
    if (space < 0 || space > from + 36) return;
    if (!streams.some((stream) => startsWith(bytes, space + 1, to, stream))) return;
    const flag = bytes[space + 8];
    if ((flag !== 70 && flag !== 80) || (bytes[space + 9] !== 32 && space + 9 < to)) return;
    this.timeFrom = from;
    this.timeTo = space;
    this.from = Math.min(to, space + 10);
  }

  #journal(bytes: Uint8Array, from: number, to: number): void {
    const entry = parseObject(Buffer.from(bytes.subarray(from, to)).toString());
    if (entry === null) return;
    const message = entry['MESSAGE'];
    const text = Array.isArray(message)
      ? Buffer.from(message.map(Number)).toString('latin1')
      : asText(message);
    const pid = asText(entry['_PID'] ?? entry['SYSLOG_PID']);
    const name = asText(entry['SYSLOG_IDENTIFIER'] ?? entry['_COMM'] ?? 'unknown');
    const line = `${name}${pid === '' ? '' : `[${pid}]`}: ${text.split('\n', 1)[0]}`;
    this.seconds = Number(asText(entry['__REALTIME_TIMESTAMP'])) / 1e6;
    this.bytes = this.#scratch;
    this.from = 0;
    this.to = this.#scratch.write(line.slice(0, maxLineBytes), 'utf8');
  }
}

/** A JSON object's fields, null where the text is none. */
function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function startsWith(bytes: Uint8Array, from: number, to: number, head: Uint8Array): boolean {
  if (to - from < head.length) return false;
  for (let index = 0; index < head.length; index++) if (bytes[from + index] !== head[index]) return false;
  return true;
}

/** Offset of `wanted` in bytes[from, to), -1 where it is not. */
function indexWithin(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): number {
  return from >= to
    ? -1
    : found(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).indexOf(wanted), from);
}

function found(index: number, from: number): number {
  return index < 0 ? -1 : index + from;
}
