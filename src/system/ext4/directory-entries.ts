/**
 * The names in a directory's blocks (struct ext4_dir_entry_2). Blocks of a hashed directory's index look like empty
 * entries, so that all are read alike. `isWhole` says whether a block may be believed; only then is it stepped through.
 */
import { crc32cOfWords } from './crc32c.ts';
import { isIndexIntact } from './index-checksum.ts';
import type { Ext4Geometry } from './super-block.ts';

const HEAD_BYTES = 8;
const TAIL_BYTES = 12;
const TAIL_TYPE = 0xde;
/** Before the entries of an index: a node's empty entry, a root's two dots and struct dx_root_info. */
const NODE_WORDS = 2;
const ROOT_WORDS = 8;
const SLASH = 47;
const DOT = 46;

export class Ext4DirectoryEntries {
  readonly #geometry: Ext4Geometry;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  #next = 0;
  #end = 0;
  /** The entry's inode. */
  inode = 0;
  /** Its file type (EXT4_FT_…), 0 where the filesystem does not say. */
  type = 0;
  nameStart = 0;
  nameEnd = 0;

  /** @param bytes what blocks are read into, aligned to 4 bytes. */
  constructor(geometry: Ext4Geometry, bytes: Uint8Array) {
    this.#geometry = geometry;
    this.#bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  }

  /** Begins with the entries in `[start, end)`, one or more whole blocks. */
  reset(start: number, end: number): void {
    this.#next = start;
    this.#end = end;
  }

  /** Moves to the next entry other than "." and ".."; false at the end. */
  advance(): boolean {
    const bytes = this.#bytes;
    while (this.#next < this.#end) {
      const at = this.#next;
      this.#next = at + this.#lengthAt(at);
      const nameBytes = bytes[at + 6];
      const inode = inodeAt(bytes, at);
      if (inode === 0 || isDots(bytes, at + HEAD_BYTES, nameBytes)) continue;
      this.inode = inode;
      this.type = this.#geometry.hasFileTypes ? bytes[at + 7] : 0;
      this.nameStart = at + HEAD_BYTES;
      this.nameEnd = at + HEAD_BYTES + nameBytes;
      return true;
    }
    return false;
  }

  /** Whether the entries that fill `[start, end)` are all as the kernel wants them (__ext4_check_dir_entry). */
  isWhole(start: number, end: number): boolean {
    const bytes = this.#bytes;
    const { inodes } = this.#geometry;
    let at = start;
    while (at < end) {
      if (at + HEAD_BYTES > end) return false;
      const length = this.#lengthAt(at);
      const nameBytes = bytes[at + 6];
      if (length < 12 || (length & 3) !== 0 || at + length > end) return false;
      const inode = inodeAt(bytes, at);
      if (inode !== 0) {
        if (HEAD_BYTES + nameBytes > length || nameBytes === 0 || inode > inodes) return false;
        const nameAt = at + HEAD_BYTES;
        for (let i = nameAt; i < nameAt + nameBytes; i++)
          if (bytes[i] === 0 || bytes[i] === SLASH) return false;
      }
      at += length;
    }
    return at === end;
  }

  /**
   * Whether the checksum of the whole block at `start` is right, which begins with `seed`: it stands in a last entry of
   * its own (struct ext4_dir_entry_tail), or behind the entries of an index, which look like one entry to the end.
   */
  isIntact(start: number, seed: number): boolean {
    const { blockBytes } = this.#geometry;
    const bytes = this.#bytes;
    const first = this.#lengthAt(start);
    const isNode = inodeAt(bytes, start) === 0 && first === blockBytes;
    if (isNode || (isName(bytes, start, DOT, 0) && first + this.#lengthAt(start + first) === blockBytes)) {
      const entriesAt = isNode ? NODE_WORDS : ROOT_WORDS;
      return isIndexIntact(this.#words, start >> 2, (start + blockBytes) >> 2, seed, entriesAt);
    }
    const tail = start + blockBytes - TAIL_BYTES;
    const hasTail =
      inodeAt(bytes, tail) === 0 &&
      bytes[tail + 4] === TAIL_BYTES &&
      bytes[tail + 5] === 0 &&
      bytes[tail + 6] === 0 &&
      bytes[tail + 7] === TAIL_TYPE;
    return hasTail && crc32cOfWords(seed, this.#words, start >> 2, tail >> 2) === inodeAt(bytes, tail + 8);
  }

  /** Whether a first block at `start` begins with "." for `own`, and ".." for `above` or anything where that is 0. */
  beginsWithDots(start: number, own: number, above: number): boolean {
    const bytes = this.#bytes;
    const second = start + this.#lengthAt(start);
    return (
      isName(bytes, start, DOT, 0) &&
      inodeAt(bytes, start) === own &&
      isName(bytes, second, DOT, DOT) &&
      (above === 0 || inodeAt(bytes, second) === above)
    );
  }

  /** rec_len: two values stand for a whole block of 64 KiB. */
  #lengthAt(at: number): number {
    const length = this.#bytes[at + 4] | (this.#bytes[at + 5] << 8);
    if (this.#geometry.blockBytes < 65_536) return length;
    if (length === 0 || length === 65_535) return this.#geometry.blockBytes;
    return (length & 65_532) | ((length & 3) << 16);
  }
}

function inodeAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)) + bytes[at + 3] * 2 ** 24;
}

function isName(bytes: Uint8Array, at: number, first: number, second: number): boolean {
  const length = second === 0 ? 1 : 2;
  return bytes[at + 6] === length && bytes[at + 8] === first && (length === 1 || bytes[at + 9] === second);
}

function isDots(bytes: Uint8Array, at: number, length: number): boolean {
  return length <= 2 && bytes[at] === DOT && (length === 1 || bytes[at + 1] === DOT);
}
