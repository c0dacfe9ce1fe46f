/**
 * What a scan has counted so far, in memory that threads share: a row per directory, written by those who read and seen
 * by those who watch. It says "at least": hard links and what is being read just now come with the finished tree.
 */
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Directories beyond are not shown before the scan ends. Pages that nobody writes to take no memory. */
const MOST_DIRECTORIES = 2 ** 22;
const MOST_NAME_BYTES = 2 ** 27;

/** Words of the header. */
const COUNT = 0;
const NAME_BYTES = 1;
const HEADER_WORDS = 16;

/** 64-bit sums are two words, low and high, so that threads can add to them without a lock. */
const COLUMNS = [
  ['newest', 8],
  ['blocks', 8],
  ['apparent', 8],
  ['entries', 4],
  ['parent', 4],
  ['nameStart', 4],
  ['nameLength', 4],
] as const;
type Column = (typeof COLUMNS)[number][0];

const HIGH_WORD = 2 ** 32;

export class LiveTable {
  readonly memory: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #words: Readonly<Record<Column, Uint32Array>>;
  readonly #newest: Float64Array;
  readonly #names: Uint8Array;

  /** Fresh memory, or what another thread made. */
  constructor(memory?: SharedArrayBuffer) {
    const starts = new Map<Column, number>();
    let at = HEADER_WORDS * 4;
    for (const [column, bytes] of COLUMNS) {
      starts.set(column, at);
      at += bytes * MOST_DIRECTORIES;
    }
    this.memory = memory ?? new SharedArrayBuffer(at + MOST_NAME_BYTES);
    const words = (column: Column): Uint32Array =>
      new Uint32Array(this.memory, starts.get(column), (2 * MOST_DIRECTORIES * sizeOf(column)) / 8);
    this.#header = new Int32Array(this.memory, 0, HEADER_WORDS);
    this.#words = Object.fromEntries(COLUMNS.map(([column]) => [column, words(column)])) as Record<
      Column,
      Uint32Array
    >;
    this.#newest = new Float64Array(this.memory, starts.get('newest'), MOST_DIRECTORIES);
    this.#names = new Uint8Array(this.memory, at, MOST_NAME_BYTES);
  }

  /** A directory that was found, its own inode counted. */
  add(
    id: number,
    parent: number,
    name: Uint8Array,
    start: number,
    end: number,
    blocks: number,
    mtime: number,
  ): void {
    if (id >= MOST_DIRECTORIES) return;
    const length = end - start;
    const nameAt = Atomics.add(this.#header, NAME_BYTES, length);
    const words = this.#words;
    if (nameAt + length <= MOST_NAME_BYTES) {
      for (let i = 0; i < length; i++) this.#names[nameAt + i] = name[start + i];
      words.nameStart[id] = nameAt;
      words.nameLength[id] = length;
    }
    this.count(id, blocks, 0, 1, mtime);
    // Who sees the parent sees the name.
    Atomics.store(words.parent, id, parent);
    let seen = Atomics.load(this.#header, COUNT);
    while (seen <= id) {
      const found = Atomics.compareExchange(this.#header, COUNT, seen, id + 1);
      if (found === seen) return;
      seen = found;
    }
  }

  /** Adds entries that were counted in directory `id`. */
  count(id: number, blocks: number, apparentBytes: number, entries: number, newest: number): void {
    if (id >= MOST_DIRECTORIES) return;
    const words = this.#words;
    addWords(words.blocks, id, blocks);
    addWords(words.apparent, id, apparentBytes);
    Atomics.add(words.entries, id, entries);
    // Two threads in one directory may forget one of their times until the tree is finished.
    if (this.#newest[id] === 0 || newest > this.#newest[id]) this.#newest[id] = newest;
  }

  /** Directory numbers seen so far are smaller. */
  get directories(): number {
    return Math.min(Atomics.load(this.#header, COUNT), MOST_DIRECTORIES);
  }

  /** The directory above; that of a directory whose row is not written yet is 0, as a root's is. */
  parent(id: number): number {
    return Atomics.load(this.#words.parent, id);
  }

  name(id: number): ByteString {
    const start = this.#words.nameStart[id];
    return fromBytes(this.#names, start, start + this.#words.nameLength[id]);
  }

  /** Of the directory itself and what is right in it, not below. */
  blocks(id: number): number {
    return this.#words.blocks[2 * id] + this.#words.blocks[2 * id + 1] * HIGH_WORD;
  }

  apparentBytes(id: number): number {
    return this.#words.apparent[2 * id] + this.#words.apparent[2 * id + 1] * HIGH_WORD;
  }

  entries(id: number): number {
    return this.#words.entries[id];
  }

  /** Seconds since 1970. */
  newest(id: number): number {
    return this.#newest[id];
  }
}

function sizeOf(column: Column): number {
  return COLUMNS.find(([name]) => name === column)![1];
}

/** Adds a whole number to the two words of row `id`; the carry is added by whoever caused it. */
function addWords(words: Uint32Array, id: number, value: number): void {
  if (value === 0) return;
  const low = value % HIGH_WORD;
  const before = Atomics.add(words, 2 * id, low);
  const high = Math.floor(value / HIGH_WORD) + (before + low >= HIGH_WORD ? 1 : 0);
  if (high > 0) Atomics.add(words, 2 * id + 1, high);
}
