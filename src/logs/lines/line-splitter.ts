/** Chunks of bytes → lines, with memory that does not grow with the line: the first 64 KiB of a line are handed on. */

/** Bytes of one line that can be handed on. */
export const maxCarriedBytes = 64 * 1024;
const newline = 10;
const carriageReturn = 13;
const zeros = Buffer.alloc(16 * 1024);

/** Called per line with a region of bytes that is valid only during the call; no newline, no final CR. */
export type OnLine = (bytes: Uint8Array, from: number, to: number) => void;

export class LineSplitter {
  /** NUL bytes at the beginning of lines: holes left by copytruncate under a writer that keeps its offset. */
  holeBytes = 0;
  readonly #onLine: OnLine;
  readonly #carry = Buffer.allocUnsafe(maxCarriedBytes);
  #carried = 0;
  /** A line is under way (its bytes may be none, or more than were kept). */
  #open = false;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  feed(chunk: Uint8Array): void {
    let from = this.#open && this.#carried > 0 ? 0 : this.#pastHole(chunk, 0);
    if (this.#open) {
      const end = chunk.indexOf(newline, from);
      this.#keep(chunk, from, end < 0 ? chunk.length : end);
      if (end < 0) return;
      this.#flush();
      from = this.#pastHole(chunk, end + 1);
    }
    for (;;) {
      const end = chunk.indexOf(newline, from);
      if (end < 0) break;
      this.#emit(chunk, from, Math.min(end, from + maxCarriedBytes));
      from = this.#pastHole(chunk, end + 1);
    }
    if (from < chunk.length) {
      this.#open = true;
      this.#keep(chunk, from, chunk.length);
    }
  }

  /** The last line, where no newline ends it. */
  end(): void {
    if (this.#open) this.#flush();
  }

  /** A line that begins with NULs begins after them. */
  #pastHole(chunk: Uint8Array, from: number): number {
    if (chunk[from] !== 0) return from;
    let at = from;
    // Holes of gigabytes are passed a block at a time.
    while (at + zeros.length <= chunk.length && zeros.equals(chunk.subarray(at, at + zeros.length)))
      at += zeros.length;
    while (at < chunk.length && chunk[at] === 0) at++;
    this.holeBytes += at - from;
    return at;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const kept = Math.min(to - from, maxCarriedBytes - this.#carried);
    if (kept <= 0) return;
    this.#carry.set(chunk.subarray(from, from + kept), this.#carried);
    this.#carried += kept;
  }

  #flush(): void {
    const length = this.#carried;
    this.#carried = 0;
    this.#open = false;
    this.#emit(this.#carry, 0, length);
  }

  #emit(bytes: Uint8Array, from: number, to: number): void {
    this.#onLine(bytes, from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to);
  }
}
