/** The layout of linux_dirent64 (getdents64(2)): the same on every Linux. */

/** Where a record says how long it is, and where its name begins. */
export const DIRENT_RECORD_LENGTH = 16;
export const DIRENT_NAME = 19;
const DOT = 46;

/** d_type (readdir(3)): the top four bits of st_mode; `unknown` where the filesystem does not say. */
export const DIRENT_TYPE = { unknown: 0, directory: 4, regular: 8, link: 10 } as const;

/** Steps through the records the kernel wrote to a buffer; positions are byte offsets into the buffer. */
export class DirentReader {
  readonly #bytes: Uint8Array;
  readonly #halves: Uint16Array;
  readonly #words: Uint32Array;
  #next = 0;
  #end = 0;
  /** Where the current entry's name begins and where its NUL is. */
  nameStart = 0;
  nameEnd = 0;
  /** d_type of the current entry: a DIRENT_TYPE, or another kind. */
  get type(): number {
    return this.#bytes[this.nameStart - 1];
  }

  /** d_ino of the current entry: of what lies there, whatever is mounted over it. */
  get inodeLow(): number {
    return this.#words[(this.nameStart - DIRENT_NAME) >> 2];
  }

  get inodeHigh(): number {
    return this.#words[((this.nameStart - DIRENT_NAME) >> 2) + 1];
  }

  /** @param bytes its records are aligned to 8 bytes. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }

  /** Begins with the records in `[start, end)`. */
  reset(start: number, end: number): void {
    this.#next = start;
    this.#end = end;
  }

  /** Moves to the next entry other than "." and ".."; false at the end. */
  advance(): boolean {
    const bytes = this.#bytes;
    while (this.#next < this.#end) {
      const record = this.#next;
      this.#next = record + this.#halves[(record + DIRENT_RECORD_LENGTH) >> 1];
      const name = record + DIRENT_NAME;
      if (
        bytes[name] === DOT &&
        (bytes[name + 1] === 0 || (bytes[name + 1] === DOT && bytes[name + 2] === 0))
      )
        continue;
      // Records are padded to 8 bytes, so the NUL is among the last 8.
      let end = Math.max(name + 1, this.#next - 8);
      while (bytes[end] !== 0) end++;
      this.nameStart = name;
      this.nameEnd = end;
      return true;
    }
    return false;
  }
}
