/**
 * The frames of a zstd file (RFC 8878, 3.1), one after the other: Node's own stream ends with the first and passes over
 * the rest in silence.
 */
import { PackingError, isSkippable } from './packing.ts';

const FRAME = 0xfd2f_b528;
const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const RLE = 1;
const RESERVED = 3;
/** By the two bits of the frame's descriptor. */
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;

export class ZstdFrames {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #left: Buffer = Buffer.alloc(0);
  /** Bytes of the file before `#left`. */
  #offset = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** How far it was read. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether another frame with content follows; what is to be skipped is passed over. */
  async hasMore(): Promise<boolean> {
    for (;;) {
      if (!(await this.#has(1))) return false;
      if (!(await this.#has(MAGIC_BYTES))) throw this.#short();
      const magic = this.#left.readUInt32LE();
      if (magic === FRAME) return true;
      if (!isSkippable(magic)) throw new PackingError('damaged', 'something behind the end', this.#offset);
      await this.#need(MAGIC_BYTES * 2);
      let rest = MAGIC_BYTES * 2 + this.#left.readUInt32LE(MAGIC_BYTES);
      for await (const piece of this.#take(rest)) rest -= piece.length;
    }
  }

  /** The bytes of the frame that `hasMore` has found. */
  async *frame(): AsyncGenerator<Buffer> {
    await this.#need(MAGIC_BYTES + 1);
    const descriptor = this.#left[MAGIC_BYTES];
    const isSingle = (descriptor & 0x20) !== 0;
    const hasChecksum = (descriptor & 0x04) !== 0;
    const sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6] || (isSingle ? 1 : 0);
    const windowBytes = isSingle ? 0 : 1;
    yield* this.#take(MAGIC_BYTES + 1 + windowBytes + DICTIONARY_BYTES[descriptor & 3] + sizeBytes);
    for (let isLast = false; !isLast;) {
      await this.#need(BLOCK_HEADER_BYTES);
      const header = this.#left.readUIntLE(0, BLOCK_HEADER_BYTES);
      isLast = (header & 1) === 1;
      const type = (header >> 1) & 3;
      if (type === RESERVED)
        throw new PackingError('damaged', 'a zstd block of an unknown kind', this.#offset);
      yield* this.#take(BLOCK_HEADER_BYTES + (type === RLE ? 1 : header >> 3));
    }
    if (hasChecksum) yield* this.#take(4);
  }

  async *#take(count: number): AsyncGenerator<Buffer> {
    for (let rest = count; rest > 0;) {
      if (!(await this.#has(1))) throw this.#short();
      const piece = this.#left.subarray(0, rest);
      this.#left = this.#left.subarray(piece.length);
      this.#offset += piece.length;
      rest -= piece.length;
      yield piece;
    }
  }

  async #need(count: number): Promise<void> {
    if (!(await this.#has(count))) throw this.#short();
  }

  async #has(count: number): Promise<boolean> {
    while (this.#left.length < count) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return false;
      const piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      this.#left = this.#left.length === 0 ? piece : Buffer.concat([this.#left, piece]);
    }
    return true;
  }

  #short(): PackingError {
    return new PackingError('cut-short', 'ends too soon', this.#offset + this.#left.length);
  }
}
