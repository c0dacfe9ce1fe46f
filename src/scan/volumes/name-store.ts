/**
 * Names of directories in memory that all threads share, each directory's in one piece: what a tree says of them while it
 * is read, to be gone through when the directory's turn comes.
 */
import { LIST_COUNT } from './list-count.ts';

/** Threads take memory in blocks; a directory that has more is opened. */
const BLOCK_BYTES = 2 ** 18;
/** Bytes of names that were not kept: the directory is to be opened. */
const NOT_KEPT = 2 ** 32 - 1;

/** Where they lie. */
export interface KeptNames {
  readonly from: number;
  readonly length: number;
}

export class NameStore {
  readonly #bytes: Uint8Array;
  readonly #counts: Int32Array;
  #next = 0;
  #end = 0;

  /** @param counts see LIST_COUNT. */
  constructor(bytes: Uint8Array, counts: Int32Array) {
    this.#bytes = bytes;
    this.#counts = counts;
  }

  /** Keeps a directory's names, and says where in two words at `at`. @param names undefined where they are too many. */
  keep(names: Uint8Array | undefined, words: Uint32Array, at: number): void {
    const isKept = names !== undefined && this.#hasRoomFor(names.length);
    words[at] = this.#next;
    words[at + 1] = isKept ? names.length : NOT_KEPT;
    if (!isKept) return;
    this.#bytes.set(names, this.#next);
    this.#next += names.length;
  }

  #hasRoomFor(length: number): boolean {
    if (this.#next + length <= this.#end) return true;
    if (length > BLOCK_BYTES) return false;
    const block = Atomics.add(this.#counts, LIST_COUNT.names, 1);
    if ((block + 1) * BLOCK_BYTES > this.#bytes.length) return false;
    this.#next = block * BLOCK_BYTES;
    this.#end = this.#next + BLOCK_BYTES;
    return true;
  }
}

/** What `keep` has said; undefined where they were not kept. */
export function keptNames(words: Uint32Array, at: number): KeptNames | undefined {
  const length = words[at + 1];
  return length === NOT_KEPT ? undefined : { from: words[at], length };
}
