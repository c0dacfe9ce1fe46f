/** One thread's count of a root's bytes by type and by age. Fixed size: strange extensions end in one common row. */
import { AGE_SECONDS, AGES, USES } from '../../model/breakdown.ts';
import { extensionKey, extensionText, findExtension } from './file-type.ts';
import { useOfExtension } from './file-kind.ts';

/** Rows that need no extension. */
export const TYPE_ROW = {
  none: 0,
  directory: 1,
  symlink: 2,
  special: 3,
  overflow: 4,
  firstExtension: 5,
} as const;

const TABLE_BITS = 12;
const TABLE = 1 << TABLE_BITS;
const MOST_EXTENSIONS = TABLE * 0.75;

/** What a thread hands over: rows by type (with their extensions' keys) and by age. */
export interface BreakdownRows {
  readonly typeKeys: Uint32Array<ArrayBuffer>;
  readonly typeBlocks: Float64Array<ArrayBuffer>;
  readonly typeEntries: Float64Array<ArrayBuffer>;
  readonly typeCount: number;
  readonly ageBlocks: Float64Array<ArrayBuffer>;
  readonly ageEntries: Float64Array<ArrayBuffer>;
}

export class BreakdownTally {
  readonly #now: number;
  /** Hash table: extension → type row, 0 where free. */
  readonly #index = new Uint16Array(TABLE);
  readonly #keys = new Uint32Array(TABLE * 2);
  readonly #blocks = new Float64Array(TABLE);
  readonly #entries = new Float64Array(TABLE);
  /** Per type row: use + 1 where the extension betrays one, else 0. */
  readonly #uses = new Uint8Array(TABLE);
  readonly #ageBlocks = new Float64Array(AGES.length);
  readonly #ageEntries = new Float64Array(AGES.length);
  #rows: number = TYPE_ROW.firstExtension;

  /** @param nowSeconds the time that ages are counted from. */
  constructor(nowSeconds: number) {
    this.#now = nowSeconds;
  }

  /** Counts one inode of the given type row, last written at `mtime` (seconds). */
  add(typeRow: number, blocks: number, mtime: number): void {
    this.#blocks[typeRow] += blocks;
    this.#entries[typeRow]++;
    const age = ageRow(this.#now - mtime);
    this.#ageBlocks[age] += blocks;
    this.#ageEntries[age]++;
  }

  /** The row for the type that the name at `bytes[start…end)` says. */
  typeRowOf(bytes: Uint8Array, start: number, end: number): number {
    findExtension(bytes, start, end);
    const { first, second } = extensionKey;
    if (first === 0) return TYPE_ROW.none;
    let hash =
      (Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b) >>> (32 - TABLE_BITS)) & (TABLE - 1);
    for (;;) {
      const row = this.#index[hash];
      if (row === 0) return this.#addRow(hash, first, second);
      if (this.#keys[row * 2] === first >>> 0 && this.#keys[row * 2 + 1] === second >>> 0) return row;
      hash = (hash + 1) & (TABLE - 1);
    }
  }

  /** The use that a type row betrays, as an index into USES, or -1. */
  useOf(typeRow: number): number {
    return this.#uses[typeRow] - 1;
  }

  rows(): BreakdownRows {
    return {
      typeKeys: this.#keys,
      typeBlocks: this.#blocks,
      typeEntries: this.#entries,
      typeCount: this.#rows,
      ageBlocks: this.#ageBlocks,
      ageEntries: this.#ageEntries,
    };
  }

  #addRow(hash: number, first: number, second: number): number {
    if (this.#rows >= MOST_EXTENSIONS) return TYPE_ROW.overflow;
    const row = this.#rows++;
    this.#index[hash] = row;
    this.#keys[row * 2] = first;
    this.#keys[row * 2 + 1] = second;
    const use = useOfExtension(extensionText(first, second));
    this.#uses[row] = use ? USES.indexOf(use) + 1 : 0;
    return row;
  }
}

/** The index in AGES for something written `seconds` ago. */
export function ageRow(seconds: number): number {
  if (seconds < 0) return AGES.length - 1;
  let row = 0;
  while (row < AGE_SECONDS.length && seconds > AGE_SECONDS[row]) row++;
  return row;
}
