/** Strings of JSON with escapes in them (RFC 8259, 7), as the bytes that they stand for. */

/** Throws where `what` is wrong at `at`, or where the bytes end there. */
type Fail = (what: string, at: number) => never;

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const LETTER_U = 117;
/** What a letter behind a backslash means. */
const ESCAPES: ReadonlyMap<number, number> = new Map(
  (
    [
      ['"', 34],
      ['\\', 92],
      ['/', 47],
      ['b', 8],
      ['f', 12],
      ['n', 10],
      ['r', 13],
      ['t', 9],
    ] as const
  ).map(([letter, byte]) => [letter.charCodeAt(0), byte]),
);
/** Halves of a character beyond U+FFFF (RFC 3629). */
const HIGH_HALF = 0xd800;
const LOW_HALF = 0xdc00;
const LAST_HALF = 0xdfff;
const ESCAPE_BYTES = 6;

export class EscapedString {
  /** The string read last is its first `length` bytes. */
  text = new Uint8Array(1024);
  length = 0;
  readonly #fail: Fail;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** Reads what stands behind a quote at `bytes[start]`; returns where the closing quote ends. */
  read(bytes: Uint8Array, start: number): number {
    this.length = 0;
    let at = start;
    for (;;) {
      const byte = bytes[at];
      if (byte === QUOTE) return at + 1;
      if (byte === undefined || byte < SPACE) this.#fail('a string with a raw control character', at);
      if (byte === BACKSLASH) at = this.#escape(bytes, at);
      else {
        this.#add(byte);
        at++;
      }
    }
  }

  /** @returns where the escape at `at` ends. */
  #escape(bytes: Uint8Array, at: number): number {
    const letter = bytes[at + 1];
    if (letter === undefined) this.#fail('ends', bytes.length);
    if (letter === LETTER_U) return this.#character(bytes, at);
    const meant = ESCAPES.get(letter);
    if (meant === undefined) this.#fail('an unknown escape', at);
    this.#add(meant);
    return at + 2;
  }

  /** The character of \uXXXX, or of two of them that make one. */
  #character(bytes: Uint8Array, at: number): number {
    const first = this.#hexadecimal(bytes, at + 2);
    let code = first;
    let end = at + ESCAPE_BYTES;
    if (first >= HIGH_HALF && first <= LAST_HALF) {
      if (bytes[end] === undefined || bytes[end + 1] === undefined) this.#fail('ends', bytes.length);
      const isEscape = bytes[end] === BACKSLASH && bytes[end + 1] === LETTER_U;
      const second = isEscape ? this.#hexadecimal(bytes, end + 2) : 0;
      if (first >= LOW_HALF || second < LOW_HALF || second > LAST_HALF) this.#fail('half a character', at);
      code = 0x1_0000 + ((first - HIGH_HALF) << 10) + (second - LOW_HALF);
      end += ESCAPE_BYTES;
    }
    for (const byte of Buffer.from(String.fromCodePoint(code), 'utf8')) this.#add(byte);
    return end;
  }

  #hexadecimal(bytes: Uint8Array, at: number): number {
    if (at + 4 > bytes.length) this.#fail('ends', bytes.length);
    const digits = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    if (!/^[\da-f]{4}$/iu.test(digits)) this.#fail('an unknown escape', at);
    return Number.parseInt(digits, 16);
  }

  #add(byte: number): void {
    if (this.length === this.text.length) {
      const larger = new Uint8Array(this.length * 2);
      larger.set(this.text);
      this.text = larger;
    }
    this.text[this.length++] = byte;
  }
}
