/** One inode as it lies in the table (struct ext4_inode), read without making an object. */
import { crc32cOfWords } from './crc32c.ts';
import type { Ext4Geometry } from './super-block.ts';

export const EXT4_FLAG = {
  encrypted: 0x800,
  hugeBlocks: 0x4_0000,
  extents: 0x8_0000,
  attributes: 0x20_0000,
  inlineData: 0x1000_0000,
} as const;

const TYPE = { mask: 0o170000, directory: 0o040000, regular: 0o100000, symlink: 0o120000 } as const;
/** Where i_block begins: 60 bytes of block map, extents, link target or inline data. */
export const BLOCK_AREA = { position: 0x28, bytes: 60 } as const;
const EXTENT_MAGIC = 0xf30a;
/** The part every revision has. */
const OLD_BYTES = 128;
const HIGH_WORD = 2 ** 32;
const HALF = 2 ** 16;

/** An inode in a buffer of raw ones, decoded by `look`. */
export class Ext4Inode {
  readonly #geometry: Ext4Geometry;
  readonly #words: Uint32Array;
  readonly #halves: Uint16Array;
  /** Index of the inode's first 32-bit word. */
  #at = 0;
  mode = 0;
  links = 0;
  uid = 0;
  flags = 0;
  generation = 0;
  /** st_size. */
  size = 0;
  /** st_blocks, of 512 bytes: as ext4_getattr and ext4_file_getattr say it, but for what has no place yet. */
  blocks = 0;
  /** Seconds since 1970. */
  mtime = 0;
  /** Seconds since 1970 of the last change to data or inode; nobody can set it. */
  ctime = 0;

  /** @param bytes aligned to 4 bytes. */
  constructor(geometry: Ext4Geometry, bytes: Uint8Array) {
    this.#geometry = geometry;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    this.#halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  }

  /** Looks at the inode that begins at this byte. */
  look(position: number): void {
    const words = this.#words;
    const halves = this.#halves;
    const at = position >> 2;
    this.#at = at;
    this.mode = halves[at * 2];
    this.links = halves[at * 2 + 0x1a / 2];
    this.uid = halves[at * 2 + 1] + halves[at * 2 + 0x78 / 2] * HALF;
    this.flags = words[at + 0x20 / 4];
    this.generation = words[at + 0x64 / 4];
    const extra = this.#extraBytes();
    this.mtime = this.#time(0x10 / 4, 0x88, extra);
    this.ctime = this.#time(0x0c / 4, 0x84, extra);
    this.#measure();
  }

  get isUsed(): boolean {
    return this.mode !== 0 && this.links !== 0;
  }

  #measure(): void {
    const { hasHugeFiles, hasLargeDirectories, blockBytes } = this.#geometry;
    const words = this.#words;
    const at = this.#at;
    const type = this.mode & TYPE.mask;
    const isLong = type === TYPE.regular || (type === TYPE.directory && hasLargeDirectories);
    this.size = isLong ? words[at + 1] + words[at + 0x6c / 4] * HIGH_WORD : words[at + 1];
    let blocks = words[at + 0x1c / 4];
    if (hasHugeFiles) {
      blocks += this.#halves[at * 2 + 0x74 / 2] * HIGH_WORD;
      if ((this.flags & EXT4_FLAG.hugeBlocks) !== 0) blocks *= blockBytes / 512;
    }
    if ((this.flags & EXT4_FLAG.inlineData) !== 0 && type === TYPE.regular)
      blocks += Math.ceil(this.size / 512);
    this.blocks = blocks;
  }

  /**
   * Whether its checksum is right, or, where there are none, its block map one that the kernel would not refuse to look
   * at. `number` is its inode number.
   */
  isIntact(number: number): boolean {
    const { checksumSeed, inodeBytes } = this.#geometry;
    if (checksumSeed === undefined) return this.#hasPlausibleMap;
    const halves = this.#halves;
    const lowAt = this.#at * 2 + 0x7c / 2;
    const highAt = this.#at * 2 + 0x82 / 2;
    const hasHigh = this.#extraBytes() >= 4;
    const low = halves[lowAt];
    const high = hasHigh ? halves[highAt] : 0;
    halves[lowAt] = 0;
    if (hasHigh) halves[highAt] = 0;
    const sum = crc32cOfWords(this.checksumSeed(number), this.#words, this.#at, this.#at + inodeBytes / 4);
    halves[lowAt] = low;
    if (hasHigh) halves[highAt] = high;
    return (sum & 0xffff) === low && (!hasHigh || sum >>> 16 === high);
  }

  /** What the checksums of an inode, and of its directory's and extents' blocks, begin with. */
  checksumSeed(number: number): number {
    numberAndGeneration[0] = number;
    numberAndGeneration[1] = this.generation;
    return crc32cOfWords(this.#geometry.checksumSeed ?? 0, numberAndGeneration, 0, 2);
  }

  /** Where the extended attributes inside the inode begin, counted from its start; the inode's end where there are none. */
  get attributesAt(): number {
    const extra = this.#extraBytes();
    return extra === 0 ? this.#geometry.inodeBytes : OLD_BYTES + extra;
  }

  /** Whether its second part has a length that the kernel would accept (__ext4_iget). */
  get isWellFormed(): boolean {
    const extra = this.#extraBytes();
    return (extra & 3) === 0 && OLD_BYTES + extra <= this.#geometry.inodeBytes;
  }

  /** What __ext4_iget asks of i_block and i_file_acl, as far as blocks outside the filesystem go. */
  get #hasPlausibleMap(): boolean {
    const words = this.#words;
    const attributes = words[this.#at + 0x68 / 4] + this.#halves[this.#at * 2 + 0x76 / 2] * HIGH_WORD;
    if (!this.#isBlock(attributes, 1) && attributes !== 0) return false;
    const type = this.mode & TYPE.mask;
    const isShort = type === TYPE.symlink && this.size < BLOCK_AREA.bytes;
    const isMapped = type === TYPE.regular || type === TYPE.directory || (type === TYPE.symlink && !isShort);
    if (!isMapped || (this.flags & EXT4_FLAG.inlineData) !== 0) return true;
    const area = this.#at + BLOCK_AREA.position / 4;
    if ((this.flags & EXT4_FLAG.extents) !== 0) return this.#hasPlausibleExtents(area);
    for (let index = area; index < area + BLOCK_AREA.bytes / 4; index++)
      if (words[index] !== 0 && !this.#isBlock(words[index], 1)) return false;
    return true;
  }

  /** The root of a tree of extents: a head, and four entries at most. */
  #hasPlausibleExtents(area: number): boolean {
    const words = this.#words;
    const entries = words[area] >>> 16;
    const most = words[area + 1] & 0xffff;
    const depth = words[area + 1] >>> 16;
    if ((words[area] & 0xffff) !== EXTENT_MAGIC || most === 0 || most > 4 || entries > most || depth > 5)
      return false;
    if (entries === 0) return depth === 0;
    for (let entry = 0; entry < entries; entry++) {
      const at = area + 3 + entry * 3;
      const length = words[at + 1] & 0xffff;
      const isIn =
        depth === 0
          ? this.#isBlock(
              words[at + 2] + (words[at + 1] >>> 16) * HIGH_WORD,
              length > 32_768 ? length - 32_768 : length,
            )
          : this.#isBlock(words[at + 1] + (words[at + 2] & 0xffff) * HIGH_WORD, 1);
      if (!isIn) return false;
    }
    return true;
  }

  #isBlock(first: number, count: number): boolean {
    const { firstDataBlock, blocks } = this.#geometry;
    return count > 0 && first > firstDataBlock && first + count <= blocks;
  }

  #extraBytes(): number {
    return this.#geometry.inodeBytes > OLD_BYTES ? this.#halves[this.#at * 2 + OLD_BYTES / 2] : 0;
  }

  /** Low word signed, two more bits in the extra field where the inode has it (ext4_decode_extra_time). */
  #time(low: number, extraAt: number, extraBytes: number): number {
    const seconds = this.#words[this.#at + low] | 0;
    if (OLD_BYTES + extraBytes < extraAt + 4) return seconds;
    return seconds + (this.#words[this.#at + extraAt / 4] & 3) * HIGH_WORD;
  }
}

const numberAndGeneration = new Uint32Array(2);
