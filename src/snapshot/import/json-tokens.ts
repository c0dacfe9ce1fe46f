/**
 * The words of JSON from bytes that come piece by piece: strings as bytes, numbers without a fraction, and whatever is
 * to be passed over. Whoever reads with it goes back to a mark and asks for more where a piece ends too soon.
 */
import { Damage } from './damage.ts';
import { EscapedString } from './escaped-string.ts';

/** Thrown where the bytes at hand end in the middle of something: more of them are needed, and then another try. */
export const MORE = Symbol('more bytes are needed');

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
/** Digits that a number may have and still be exact. */
const EXACT_DIGITS = 15;
const MOST_DIGITS = 20;
/** 2^64: nothing that is counted here reaches it. */
const MOST_VALUE = 2n ** 64n;
/** How deep that may be nested which is passed over. */
const MOST_SKIPPED_LEVELS = 64;

export class JsonTokens {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where reading goes on. */
  at = 0;
  /** Of the first of `bytes` in the file. */
  base = 0;
  /** No more bytes come. */
  isLast = false;
  /** The string read last: `text[textStart…textEnd)`, its escapes undone. */
  text: Uint8Array = new Uint8Array(0);
  textStart = 0;
  textEnd = 0;
  /** The halves of the number read last by `wholeNumber`. */
  high = 0;
  low = 0;
  readonly #unescaped = new EscapedString((what, at) => this.fail(what, at));

  /** Adds a piece behind what is left. */
  feed(piece: Uint8Array): void {
    const left = this.bytes.length - this.at;
    this.base += this.at;
    if (left === 0) this.bytes = piece;
    else {
      const joined = new Uint8Array(left + piece.length);
      joined.set(this.bytes.subarray(this.at));
      joined.set(piece, left);
      this.bytes = joined;
    }
    this.at = 0;
  }

  /** Throws MORE where bytes are missing, and else what is wrong here. */
  fail(what: string, at = this.at): never {
    if (at < this.bytes.length) throw new Damage(what, this.base + at);
    if (!this.isLast) throw MORE;
    throw new Damage('ends too soon', this.base + this.bytes.length);
  }

  /** The next byte that is no space, not taken yet. */
  peek(): number {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.at];
      if (byte !== LINE_FEED && byte !== SPACE && byte !== RETURN && byte !== TAB) {
        return byte === undefined ? this.fail('ends') : byte;
      }
      this.at++;
    }
  }

  /** Takes the byte `expected`, spaces before it passed over. */
  take(expected: number): void {
    if (this.peek() !== expected) this.fail(`expected ${String.fromCharCode(expected)}`);
    this.at++;
  }

  /** Takes a string into `text`. */
  string(): void {
    this.take(QUOTE);
    const { bytes } = this;
    const start = this.at;
    let at = start;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        this.#escapedString(start);
        return;
      }
      if (byte === undefined || byte < SPACE) this.fail('a string with a raw control character', at);
      at++;
    }
    this.text = bytes;
    this.textStart = start;
    this.textEnd = at;
    this.at = at + 1;
  }

  /** Takes a whole number of at most 2^64, exact in `high` and `low` and as near as a number comes in the result. */
  wholeNumber(): number {
    const first = this.peek();
    if (first < ZERO || first > NINE) this.fail('expected a whole number');
    const start = this.at;
    const value = this.#digits();
    const next = this.bytes[this.at];
    if (next === DOT || next === 101 || next === 69) this.fail('expected a whole number', start);
    const count = this.at - start;
    if (count > EXACT_DIGITS) return this.#largeNumber(start, this.at);
    if (first === ZERO && count > 1) this.fail('a number that begins with 0', start);
    this.high = Math.floor(value / 2 ** 32);
    this.low = value >>> 0;
    return value;
  }

  /** Takes a number of seconds, which may be negative; a fraction is dropped. */
  seconds(): number {
    const isNegative = this.peek() === MINUS;
    if (isNegative) this.at++;
    const start = this.at;
    const value = this.#digits();
    const count = this.at - start;
    if (count === 0 || count > MOST_DIGITS) this.fail('expected a number', start);
    if (this.bytes[this.at] === DOT) {
      this.at++;
      this.#digits();
    }
    return isNegative ? -value : value;
  }

  /** Takes digits, if there are any; their value, as near as a number comes. */
  #digits(): number {
    const { bytes } = this;
    let { at } = this;
    let value = 0;
    for (let byte = bytes[at]; byte >= ZERO && byte <= NINE; byte = bytes[++at])
      value = value * 10 + (byte - ZERO);
    if (bytes[at] === undefined) this.fail('ends', at);
    this.at = at;
    return value;
  }

  /** Takes `true` or `false`. */
  flag(): boolean {
    const first = this.peek();
    const word = first === TRUE[0] ? TRUE : FALSE;
    this.#word(word);
    return word === TRUE;
  }

  /** Passes over any value. */
  skip(): void {
    let levels = 0;
    do {
      const byte = this.peek();
      if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
        if (++levels > MOST_SKIPPED_LEVELS) this.fail('nested too deeply');
        this.at++;
      } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
        if (levels === 0) this.fail('expected a value');
        levels--;
        this.at++;
      } else if (byte === QUOTE) this.string();
      else if (byte === COMMA || byte === COLON) {
        if (levels === 0) this.fail('expected a value');
        this.at++;
      } else if (byte === TRUE[0]) this.#word(TRUE);
      else if (byte === FALSE[0]) this.#word(FALSE);
      else if (byte === NULL[0]) this.#word(NULL);
      else this.#skipNumber();
    } while (levels > 0);
  }

  #skipNumber(): void {
    const start = this.at;
    let at = start;
    while (isOfNumber(this.bytes[at])) at++;
    if (this.bytes[at] === undefined) this.fail('ends', at);
    if (at === start) this.fail('expected a value');
    this.at = at;
  }

  #word(word: Uint8Array): void {
    for (const byte of word) {
      if (this.bytes[this.at] !== byte) this.fail('expected true or false');
      this.at++;
    }
  }

  #escapedString(start: number): void {
    this.at = this.#unescaped.read(this.bytes, start);
    this.text = this.#unescaped.text;
    this.textStart = 0;
    this.textEnd = this.#unescaped.length;
  }

  #largeNumber(start: number, end: number): number {
    if (end - start > MOST_DIGITS) this.fail('a number beyond all sizes', start);
    const value = BigInt(Buffer.from(this.bytes.subarray(start, end)).toString('latin1'));
    if (value >= MOST_VALUE) this.fail('a number beyond all sizes', start);
    this.high = Number(value >> 32n);
    this.low = Number(value & 0xffff_ffffn);
    return Number(value);
  }
}

const COMMA = 44;
const COLON = 58;
const word = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const TRUE = word('true');
const FALSE = word('false');
const NULL = word('null');
function isOfNumber(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= ZERO && byte <= NINE) || NUMBER_SIGNS.has(byte));
}

const NUMBER_SIGNS = new Set(Array.from('+-.eE', (sign) => sign.charCodeAt(0)));
