/**
 * Which blocks of the device a directory lies in, by its extents or its old block map. Whatever is not as it must be
 * (holes, blocks outside, trees that do not end) gives nothing: then the kernel is to be asked.
 */
import { crc32c } from './crc32c.ts';
import type { FillFromDevice } from './device-reader.ts';
import type { Ext4Geometry } from './super-block.ts';

/** Blocks that lie one behind the other. */
export interface BlockRun {
  readonly first: number;
  readonly count: number;
}

/** What is needed of a directory's inode. */
export interface MappedInode {
  /** i_block, 60 bytes. */
  readonly area: Buffer;
  readonly usesExtents: boolean;
  /** How many blocks it must have: its size tells. */
  readonly blocks: number;
  /** What sums over its blocks begin with; undefined without checksums. */
  readonly checksumSeed: number | undefined;
}

/** The blocks in order, or undefined where the map is damaged. */
export function readBlockRuns(
  geometry: Ext4Geometry,
  inode: MappedInode,
  read: FillFromDevice,
): BlockRun[] | undefined {
  if (inode.blocks < 1 || inode.blocks > geometry.blocks) return undefined;
  const map = new BlockMap(geometry, inode, read);
  const whole = inode.usesExtents ? map.addExtents(inode.area, DEEPEST + 1) : map.addOldMap();
  return whole && map.isComplete ? map.runs : undefined;
}

const EXTENT_MAGIC = 0xf30a;
const HEAD_BYTES = 12;
const ENTRY_BYTES = 12;
const DEEPEST = 5;
/** Longer ones are set aside and not written (EXT_INIT_MAX_LEN). */
const LONGEST_EXTENT = 32_768;
const DIRECT_BLOCKS = 12;

class BlockMap {
  readonly #geometry: Ext4Geometry;
  readonly #inode: MappedInode;
  readonly #read: FillFromDevice;
  readonly runs: BlockRun[] = [];
  /** Blocks found so far: each extent must begin where the last one ended. */
  #found = 0;

  constructor(geometry: Ext4Geometry, inode: MappedInode, read: FillFromDevice) {
    this.#geometry = geometry;
    this.#inode = inode;
    this.#read = read;
  }

  get isComplete(): boolean {
    return this.#found === this.#inode.blocks;
  }

  /** Adds what a node of the tree holds; each level below must be one less deep, and hold something. */
  addExtents(node: Buffer, above: number): boolean {
    if (node.readUInt16LE(0) !== EXTENT_MAGIC) return false;
    const entries = node.readUInt16LE(2);
    const depth = node.readUInt16LE(6);
    const isRoot = above > DEEPEST;
    if (isRoot ? depth > DEEPEST : depth !== above - 1) return false;
    if (entries === 0 || HEAD_BYTES + entries * ENTRY_BYTES > node.length) return false;
    for (let entry = 0; entry < entries; entry++) {
      const at = HEAD_BYTES + entry * ENTRY_BYTES;
      if (node.readUInt32LE(at) !== this.#found) return false;
      if (depth === 0) {
        const first = node.readUInt32LE(at + 8) + node.readUInt16LE(at + 6) * 2 ** 32;
        if (!this.#add(first, node.readUInt16LE(at + 4))) return false;
      } else {
        const child = node.readUInt32LE(at + 4) + node.readUInt16LE(at + 8) * 2 ** 32;
        const below = this.#block(child);
        if (!below || !this.#isIntact(below) || !this.addExtents(below, depth)) return false;
      }
    }
    return true;
  }

  /** Twelve blocks, then blocks of blocks, up to three deep. */
  addOldMap(): boolean {
    const { area } = this.#inode;
    for (let index = 0; index < DIRECT_BLOCKS && !this.isComplete; index++)
      if (!this.#add(area.readUInt32LE(index * 4), 1)) return false;
    for (let depth = 1; depth <= 3 && !this.isComplete; depth++)
      if (!this.#addIndirect(area.readUInt32LE((DIRECT_BLOCKS + depth - 1) * 4), depth)) return false;
    return true;
  }

  #addIndirect(block: number, depth: number): boolean {
    const list = this.#block(block);
    if (!list) return false;
    for (let at = 0; at < list.length && !this.isComplete; at += 4) {
      const next = list.readUInt32LE(at);
      if (!(depth === 1 ? this.#add(next, 1) : this.#addIndirect(next, depth - 1))) return false;
    }
    return true;
  }

  #add(first: number, count: number): boolean {
    const { blocks, firstDataBlock } = this.#geometry;
    if (first <= firstDataBlock || count < 1 || count > LONGEST_EXTENT || first + count > blocks)
      return false;
    this.#found += count;
    if (this.#found > this.#inode.blocks) return false;
    const last = this.runs.at(-1);
    if (last && last.first + last.count === first)
      this.runs[this.runs.length - 1] = { first: last.first, count: last.count + count };
    else this.runs.push({ first, count });
    return true;
  }

  #block(block: number): Buffer | undefined {
    const { blocks, firstDataBlock, blockBytes } = this.#geometry;
    if (block <= firstDataBlock || block >= blocks) return undefined;
    const bytes = Buffer.alloc(blockBytes);
    return this.#read.fill(bytes, block * blockBytes) ? bytes : undefined;
  }

  /** The tail of a block of extents (struct ext4_extent_tail). */
  #isIntact(node: Buffer): boolean {
    const { checksumSeed } = this.#inode;
    if (checksumSeed === undefined) return true;
    const tail = HEAD_BYTES + node.readUInt16LE(4) * ENTRY_BYTES;
    return tail + 4 <= node.length && crc32c(checksumSeed, node, 0, tail) === node.readUInt32LE(tail);
  }
}

/** The single extent that holds the whole of a small directory; undefined for any other map. */
export function onlyExtent(area: Uint32Array, at: number): BlockRun | undefined {
  const head = area[at];
  // Magic and one entry; a leaf; beginning at block 0.
  if ((head & 0xffff) !== EXTENT_MAGIC || head >>> 16 !== 1) return undefined;
  if (area[at + 1] >>> 16 !== 0 || area[at + 3] !== 0) return undefined;
  const count = area[at + 4] & 0xffff;
  if (count > LONGEST_EXTENT) return undefined;
  return { first: area[at + 5] + (area[at + 4] >>> 16) * 2 ** 32, count };
}
