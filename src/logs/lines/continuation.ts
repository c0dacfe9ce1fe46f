/**
 * Which lines belong to the line before them: indented text, stack frames, causes, closing brackets, the exception that
 * ends a Python traceback. Decided on the message, after any syslog header.
 */
import { isDigit, isLetterOrDigit } from './byte-kinds.ts';

const heads = ['at ', 'Caused by: ', '... ', 'Suppressed: ', 'Caused by '].map((text) => Buffer.from(text));
const traceback = Buffer.from('Traceback (most recent call last)');
/** After this many joined lines indentation is the log's style, not a stack trace. */
const longestTrace = 400;

export class Continuation {
  #inTraceback = false;
  #joined = 0;
  #indentMeansNothing = false;
  #records = 0;
  /** How far the record's own first line is indented: what is no further in, is another record of the same style. */
  #headIndent = 0;

  /** True when bytes[from, to), a line's message (`afterStamp`: what follows its stamp), continues the record before it. */
  continues(bytes: Uint8Array, from: number, to: number, afterStamp: boolean): boolean {
    const joins = this.#records > 0 && this.#joins(bytes, from, to, afterStamp);
    if (joins) {
      if (++this.#joined > longestTrace) this.#indentMeansNothing = true;
      return !this.#indentMeansNothing;
    }
    this.#records++;
    this.#joined = 0;
    this.#headIndent = indentOf(bytes, from, to);
    this.#inTraceback = startsWith(bytes, from, to, traceback);
    return false;
  }

  #joins(bytes: Uint8Array, from: number, to: number, afterStamp: boolean): boolean {
    if (from >= to) return true;
    const first = bytes[from];
    if (first === 9 || first === 32) {
      const isDeeper = this.#headIndent === 0 || indentOf(bytes, from, to) > this.#headIndent;
      if (isDeeper && !(first === 32 && afterStamp && isLevelColumn(bytes, from))) return true;
    }
    if ((first === 125 || first === 93 || first === 41) && to - from <= 3) return true;
    if (first === 94 && bytes[to - 1] === 94) return true;
    if (this.#inTraceback && this.#joined > 0) {
      // "ModuleNotFoundError: No module named 'x'" closes a traceback, itself part of it.
      this.#inTraceback = startsWith(bytes, from, to, traceback);
      return !this.#inTraceback && isLetterOrDigit(first);
    }
    if (first === 97 || first === 67 || first === 46 || first === 83)
      for (const head of heads) if (startsWith(bytes, from, to, head)) return true;
    return this.#joined === 0 && isException(bytes, from, to);
  }
}

function indentOf(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return at - from;
}

/** Padding before a level or another column ("17:42:26.123  INFO …") is no indentation: frames are indented by two or more. */
function isLevelColumn(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (bytes[at] === 32) at++;
  const first = bytes[at];
  const second = bytes[at + 1];
  return at - from < 2 || isDigit(first) || (first >= 65 && first <= 90 && second >= 65 && second <= 90);
}

/** `java.lang.IllegalStateException: pool exhausted`: a dotted name that ends in Exception, Error or Throwable. */
function isException(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  let dots = 0;
  for (; at < to && at < from + 160; at++) {
    const byte = bytes[at];
    if (byte === 46) dots++;
    else if (!isLetterOrDigit(byte) && byte !== 36 && byte !== 95) break;
  }
  if (dots === 0 || (at < to && bytes[at] !== 58)) return false;
  const name = Buffer.from(bytes.subarray(Math.max(from, at - 9), at)).toString('latin1');
  return /(?:Exception|Error|Throwable)$/u.test(name);
}

function startsWith(bytes: Uint8Array, from: number, to: number, head: Uint8Array): boolean {
  if (to - from < head.length) return false;
  for (let index = 0; index < head.length; index++) if (bytes[from + index] !== head[index]) return false;
  return true;
}

/**
 * Where the message starts after `host ident[pid]: `, given where the stamp ends; `from` where there is no such header.
 */
export function messageStart(
  bytes: Uint8Array,
  from: number,
  to: number,
  stampStart: number,
  stampEnd: number,
): number {
  if (stampEnd <= stampStart || stampStart > from + 8) return from;
  const limit = Math.min(to - 1, stampEnd + 96);
  let words = 0;
  for (let at = stampEnd + 1; at < limit; at++) {
    const byte = bytes[at];
    if (byte === 58 && bytes[at + 1] === 32 && bytes[at - 1] === 93) return at + 2;
    if (byte === 32 && ++words > 2) break;
  }
  // One tab right after the stamp parts columns, as zap's console does; after a space it is an indentation.
  const next = stampEnd < to ? bytes[stampEnd] : 0;
  return next === 32 || next === 9 ? stampEnd + 1 : stampEnd;
}
