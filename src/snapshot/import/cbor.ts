/** CBOR (RFC 8949) as far as ncdu's binary exports use it: whole numbers, byte strings, maps, and whatever is to be skipped. */

/** The three bits that say what it is. */
export const MAJOR = {
  positive: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

/** The simple values of ncdu's flags. */
export const TRUE = 21;

/** Throws what is wrong here. */
type Fail = (what: string) => never;

const INDEFINITE = 31;
const MOST_LEVELS = 16;
const HIGH_WORD = 2 ** 32;

export class CborReader {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  /** Of the value whose head was read last. */
  major = 0;
  isIndefinite = false;
  /** As near as a number comes; exact in its halves. */
  argument = 0;
  high = 0;
  low = 0;
  readonly #fail: Fail;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** Reads the head of the next value, tags passed over. */
  next(): void {
    do this.#head();
    while (this.major === MAJOR.tag);
  }

  /** Whether what was read ends a map or list without a length. */
  get isEnd(): boolean {
    return this.major === MAJOR.simple && this.isIndefinite;
  }

  /** Passes over the value whose head was read last; for a string it returns where it begins. */
  skip(levels = 0): number {
    if (levels > MOST_LEVELS) this.#fail('nested too deeply');
    const start = this.at;
    const { major, argument } = this;
    if (this.isIndefinite && major !== MAJOR.simple) {
      for (this.next(); !this.isEnd; this.next()) this.skip(levels + 1);
      return start;
    }
    if (major === MAJOR.bytes || major === MAJOR.text) {
      if (argument > this.bytes.length - this.at) this.#fail('a string beyond the block');
      this.at += argument;
    } else if (major === MAJOR.array || major === MAJOR.map) {
      for (let rest = argument * (major === MAJOR.map ? 2 : 1); rest > 0; rest--) {
        this.next();
        this.skip(levels + 1);
      }
    }
    return start;
  }

  #head(): void {
    const { bytes, at } = this;
    if (at >= bytes.length) this.#fail('an item beyond the block');
    const first = bytes[at];
    this.major = first >> 5;
    const kind = first & 31;
    this.isIndefinite = kind === INDEFINITE;
    this.high = 0;
    this.low = 0;
    const length = kind < 24 || this.isIndefinite ? 0 : 2 ** (kind - 24);
    if (kind > 27 && !this.isIndefinite) this.#fail('a value of an unknown kind');
    if (this.isIndefinite && (this.major < MAJOR.bytes || this.major === MAJOR.tag))
      this.#fail('a number without an end');
    if (at + 1 + length > bytes.length) this.#fail('an item beyond the block');
    if (kind < 24) this.low = kind;
    else if (length === 8) {
      this.high = bytes.readUInt32BE(at + 1);
      this.low = bytes.readUInt32BE(at + 5);
    } else if (length > 0) this.low = bytes.readUIntBE(at + 1, length);
    this.argument = this.high * HIGH_WORD + this.low;
    this.at = at + 1 + length;
  }
}
