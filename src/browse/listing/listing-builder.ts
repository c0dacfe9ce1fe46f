/** Puts a listing together: entries in any order, then sorted by name. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Listing } from './listing-columns.ts';

/** A row without its name. */
export interface ListedRow {
  readonly kind: number;
  readonly flags: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly newest: number;
  /** 0 where it is not known. */
  readonly inode: number;
}

const FIRST_ROWS = 64;
const NUMBERS = 5;

export class ListingBuilder {
  readonly #names: ByteString[] = [];
  #bytes = new Uint8Array(2 * FIRST_ROWS);
  /** Bytes on disk, apparent, freeable, the latest change, the inode of each row. */
  #numbers = new Float64Array(NUMBERS * FIRST_ROWS);

  get count(): number {
    return this.#names.length;
  }

  add(
    name: ByteString,
    { kind, flags, diskBytes, apparentBytes, freeableBytes, newest, inode }: ListedRow,
  ): void {
    const row = this.#names.push(name) - 1;
    if (2 * row >= this.#bytes.length) this.#grow();
    this.#bytes[2 * row] = kind;
    this.#bytes[2 * row + 1] = flags;
    const at = NUMBERS * row;
    this.#numbers[at] = diskBytes;
    this.#numbers[at + 1] = apparentBytes;
    this.#numbers[at + 2] = freeableBytes;
    this.#numbers[at + 3] = newest;
    this.#numbers[at + 4] = inode;
  }

  /** Each row counts one entry and is no directory of a tree yet. */
  listing(): Listing {
    const names = this.#names;
    const count = names.length;
    const rows = Uint32Array.from({ length: count }, (_, row) => row).toSorted((a, b) =>
      names[a] < names[b] ? -1 : 1,
    );
    const nameEnd = new Uint32Array(count);
    let end = 0;
    for (let at = 0; at < count; at++) nameEnd[at] = end += names[rows[at]].length;
    const bytes = Buffer.from(new ArrayBuffer(end));
    for (let at = 0; at < count; at++) bytes.write(names[rows[at]], at === 0 ? 0 : nameEnd[at - 1], 'latin1');
    const column = (of: number): Float64Array => {
      const values = new Float64Array(count);
      for (let at = 0; at < count; at++) values[at] = this.#numbers[NUMBERS * rows[at] + of];
      return values;
    };
    return {
      count,
      names: new Uint8Array(bytes.buffer),
      nameEnd,
      kind: Uint8Array.from(rows, (row) => this.#bytes[2 * row]),
      flags: Uint8Array.from(rows, (row) => this.#bytes[2 * row + 1]),
      directory: new Uint32Array(count),
      diskBytes: column(0),
      apparentBytes: column(1),
      freeableBytes: column(2),
      entries: new Float64Array(count).fill(1),
      newest: column(3),
      inode: column(4),
    };
  }

  #grow(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    const numbers = new Float64Array(this.#numbers.length * 2);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
