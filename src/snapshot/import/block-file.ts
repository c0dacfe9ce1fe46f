/** The blocks of ncdu's binary export (dev.yorhel.nl/ncdu/binfmt): an index at the end, and data that is unpacked when it is asked for. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { Damage } from './damage.ts';

export const SIGNATURE = Buffer.from('bf6e636475455831', 'hex');

const HEADER_BYTES = 4;
/** Header, number and footer of a data block. */
const AROUND_DATA = 12;
const DATA = 0;
const INDEX = 1;
const LENGTH_BITS = 28;
const LENGTH_MASK = 2 ** LENGTH_BITS - 1;
const OFFSET_UNIT = 2 ** 24;
/** Of what is in a block. */
const MOST_BLOCK_BYTES = 2 ** 24 - 1;
/** Kept unpacked at a time. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;
/** A file is unpacked no more often than this as a whole: no tree is so scattered. */
const MOST_TIMES = 200;

export class BlockFile implements Disposable {
  readonly #descriptor: number;
  readonly #size: number;
  readonly #index: Buffer;
  /** Unpacked, the one used last at the end. */
  readonly #kept = new Map<number, Buffer>();
  #keptBytes = 0;
  #unpackedBytes = 0;
  /** Each block when it was first unpacked. */
  readonly #seen = new Set<number>();
  #seenBytes = 0;

  /** Throws Damage where there is no index, and as node:fs does. */
  constructor(path: ByteString) {
    this.#descriptor = openSync(toBuffer(path), 'r');
    try {
      this.#size = fstatSync(this.#descriptor).size;
      this.#index = this.#readIndex();
    } catch (error) {
      closeSync(this.#descriptor);
      throw error;
    }
  }

  /** Where the root item is. */
  get rootItem(): number {
    return this.#number(this.#index.length - 8, this.#size - HEADER_BYTES);
  }

  /** Where a block begins in the file. */
  offsetOf(block: number): number {
    if (block >= this.#index.length / 8 - 1) throw new Damage('an item in no block', this.#size, true);
    return Math.floor(this.#entry(block) / OFFSET_UNIT);
  }

  /** What is in a block. */
  read(block: number): Buffer {
    const known = this.#kept.get(block);
    if (known) {
      this.#kept.delete(block);
      this.#kept.set(block, known);
      return known;
    }
    const content = this.#unpack(block);
    this.#kept.set(block, content);
    this.#keptBytes += content.length;
    for (const [oldest, bytes] of this.#kept) {
      if (this.#keptBytes <= MOST_KEPT_BYTES || oldest === block) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytes.length;
    }
    return content;
  }

  /** Of all blocks that were read, each once. */
  get contentBytes(): number {
    return this.#seenBytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }

  #unpack(block: number): Buffer {
    const offset = this.offsetOf(block);
    const length = this.#entry(block) % OFFSET_UNIT;
    const wrong = (what: string): Damage => new Damage(what, offset, true);
    if (length <= AROUND_DATA) throw wrong('a block that is not there');
    const bytes = this.#readAt(offset, length);
    const header = bytes.readUInt32BE();
    if (header !== DATA * 2 ** LENGTH_BITS + length || bytes.readUInt32BE(length - HEADER_BYTES) !== header)
      throw wrong('a block that is no data block');
    if (bytes.readUInt32BE(HEADER_BYTES) !== block) throw wrong('a block of another number');
    let content: Buffer;
    try {
      const packed = bytes.subarray(HEADER_BYTES * 2, length - HEADER_BYTES);
      content = zstdDecompressSync(packed, { maxOutputLength: MOST_BLOCK_BYTES });
    } catch {
      throw wrong('damaged zstd data');
    }
    this.#unpackedBytes += content.length;
    if (!this.#seen.has(block)) this.#seenBytes += content.length;
    this.#seen.add(block);
    if (this.#unpackedBytes > MOST_TIMES * this.#seenBytes) throw wrong('items scattered beyond reason');
    return content;
  }

  /** The last block: its length stands at its end too. */
  #readIndex(): Buffer {
    if (this.#size < SIGNATURE.length + HEADER_BYTES) throw new Damage('ends too soon', this.#size, true);
    const footer = this.#readAt(this.#size - HEADER_BYTES, HEADER_BYTES).readUInt32BE();
    const length = footer & LENGTH_MASK;
    const content = length - HEADER_BYTES * 2;
    const start = this.#size - length;
    const isIndex =
      footer >>> LENGTH_BITS === INDEX && start >= SIGNATURE.length && content >= 8 && content % 8 === 0;
    if (!isIndex) throw new Damage('no index at its end', this.#size, true);
    const bytes = this.#readAt(start, length);
    if (bytes.readUInt32BE() !== footer) throw new Damage('an index that is not whole', start, true);
    return bytes.subarray(HEADER_BYTES, length - HEADER_BYTES);
  }

  #entry(block: number): number {
    return this.#number(block * 8, this.#size - this.#index.length - HEADER_BYTES + block * 8);
  }

  /** @param offset in the file, for what is wrong. */
  #number(at: number, offset: number): number {
    const value = this.#index.readBigUInt64BE(at);
    // 40 bits of an offset and 24 of a length are more than a number holds; a file of so many bytes is none.
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Damage('an index beyond the file', offset, true);
    return Number(value);
  }

  #readAt(offset: number, length: number): Buffer {
    if (offset + length > this.#size) throw new Damage('ends too soon', this.#size, true);
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length;) {
      const more = readSync(this.#descriptor, bytes, read, length - read, offset + read);
      if (more === 0) throw new Damage('ends too soon', offset + read, true);
      read += more;
    }
    return bytes;
  }
}
