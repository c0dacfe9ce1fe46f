/**
 * Cuts a line into tokens and hashes them, on bytes and into arrays that are reused: this is the hot path, it makes no
 * string and no object. A token that holds a digit is a value (masked); a quoted string is one token, unless its key
 * says that it is the message itself.
 */
import { ByteKind, byteKinds, wordHash } from './byte-kinds.ts';

/** Tokens of one line that are looked at; what follows is not. */
const maxTokens = 96;
/** Bytes of one line that are looked at. */
export const maxLineBytes = 2048;

/** The masked hash of every value token. */
export const valueHash = 1;

const textKeys = new Set(
  [
    'msg',
    'message',
    'MESSAGE',
    'Message',
    'err',
    'error',
    'reason',
    'log',
    'event',
    'text',
    'short_message',
  ].map(wordHash),
);

const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;
const quoteAsValueBytes = 80;

/** The tokens of the line last cut. `start`/`end` are offsets into the bytes that were given. */
export class LineTokens {
  count = 0;
  readonly start = new Int32Array(maxTokens);
  readonly end = new Int32Array(maxTokens);
  /** Hash of the token's own bytes. */
  readonly raw = new Int32Array(maxTokens);
  /** The same for constant tokens, `valueHash` for values. */
  readonly masked = new Int32Array(maxTokens);
  /** 1 for the keys of `key=value` and `"key": value`: structure, which says nothing of what the line tells. */
  readonly key = new Uint8Array(maxTokens);
  /** Two independent hashes over the masked tokens: together they name the line's shape. */
  shapeA = 0;
  shapeB = 0;
  /** The quote that will close the message being cut word by word, 0 outside of one. */
  #textQuote = 0;

  /**
   * Cuts bytes[from, to), leaving out [skipFrom, skipTo) (the line's stamp).
   * `to` must not be more than `maxLineBytes` after `from`.
   */
  cut(bytes: Uint8Array, from: number, to: number, skipFrom: number, skipTo: number): void {
    this.count = 0;
    this.shapeA = seed;
    this.shapeB = 0x9e3779b9 | 0;
    this.#textQuote = 0;
    if (skipTo <= skipFrom) {
      this.#region(bytes, from, to);
      return;
    }
    this.#region(bytes, from, skipFrom);
    // A quoted stamp leaves its closing quote behind.
    this.#region(bytes, bytes[skipTo] === 34 ? skipTo + 1 : skipTo, to);
  }

  #region(bytes: Uint8Array, from: number, to: number): void {
    const kinds = byteKinds;
    const { start, end, raw, masked, key } = this;
    let { count, shapeA, shapeB } = this;
    let at = from;
    while (at < to && count < maxTokens) {
      let byte = bytes[at];
      let kind = kinds[byte];
      if (kind === ByteKind.delimiter) {
        at += byte === 92 && bytes[at + 1] === this.#textQuote ? 2 : 1;
        continue;
      }
      if (kind > ByteKind.digit) {
        this.count = count;
        this.shapeA = shapeA;
        this.shapeB = shapeB;
        at = kind === ByteKind.quote ? this.#quoted(bytes, at, from, to) : afterEscape(bytes, at, to);
        ({ count, shapeA, shapeB } = this);
        continue;
      }
      start[count] = at;
      let hash = seed;
      let digits = 0;
      do {
        digits |= kind;
        hash = Math.imul(hash ^ byte, prime);
        if (++at === to) break;
        byte = bytes[at];
        kind = kinds[byte];
        // An apostrophe within a word belongs to it.
      } while (kind <= ByteKind.digit || (byte === 39 && (kind = ByteKind.word) === 0));
      const mask = digits === 0 ? hash : valueHash;
      end[count] = at;
      raw[count] = hash;
      masked[count] = mask;
      key[count++] = byte === 61 && at < to ? 1 : 0;
      shapeA = Math.imul(shapeA ^ mask, prime);
      shapeB = Math.imul(shapeB + mask, 0x85ebca6b) ^ (shapeB >>> 13);
    }
    this.count = count;
    this.shapeA = shapeA;
    this.shapeB = shapeB;
  }

  /** One token for a whole quoted string; text keys and stray apostrophes let the words inside be cut as usual. */
  #quoted(bytes: Uint8Array, open: number, lineStart: number, to: number): number {
    const quote = bytes[open];
    if (this.#textQuote !== 0) {
      if (quote === this.#textQuote) this.#textQuote = 0;
      return open + 1;
    }
    const before = open > lineStart ? bytes[open - 1] : 32;
    if (quote === 39 && byteKinds[before] <= ByteKind.digit) return open + 1;
    if (
      (before === 61 || before === 58 || before === 32 || before === 92) &&
      this.count > 0 &&
      textKeys.has(this.raw[this.count - 1])
    ) {
      this.#textQuote = quote;
      return open + 1;
    }
    let hash = seed;
    let digits = 0;
    let at = open + 1;
    for (; at < to; at++) {
      const byte = bytes[at];
      if (byte === quote) break;
      if (byte === 92) at++;
      digits |= byteKinds[byte] === ByteKind.digit ? 1 : 0;
      hash = Math.imul(hash ^ byte, prime);
    }
    if (at >= to) return open + 1;
    const isKey = bytes[at + 1] === 58 && at + 1 < to;
    if (at > open + 1 && this.count < maxTokens)
      this.#push(
        open + 1,
        at,
        hash,
        isKey || (digits === 0 && at - open < quoteAsValueBytes) ? hash : valueHash,
        isKey ? 1 : 0,
      );
    return at + 1;
  }

  #push(start: number, end: number, raw: number, masked: number, key: number): void {
    const index = this.count++;
    this.start[index] = start;
    this.end[index] = end;
    this.raw[index] = raw;
    this.masked[index] = masked;
    this.key[index] = key;
    this.shapeA = Math.imul(this.shapeA ^ masked, prime);
    this.shapeB = Math.imul(this.shapeB + masked, 0x85ebca6b) ^ (this.shapeB >>> 13);
  }
}

/** Past a terminal escape sequence (colours): ESC [ … letter. */
function afterEscape(bytes: Uint8Array, at: number, to: number): number {
  let next = at + 1;
  if (bytes[next] !== 91) return next;
  next++;
  while (next < to && bytes[next] >= 32 && bytes[next] < 64) next++;
  return next + 1;
}
