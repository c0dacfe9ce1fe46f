/**
 * Inodes without a name that ext4 keeps because somebody still holds them: its chain of orphans, and its orphan file
 * (Documentation/filesystems/ext4/orphan.rst).
 */
import type { Orphan } from '../../model/ledger.ts';
import { readBlockRuns } from './block-runs.ts';
import type { FillFromDevice } from './device-reader.ts';
import { BLOCK_AREA, Ext4Inode, EXT4_FLAG } from './inode.ts';
import type { InodeTables } from './inode-tables.ts';
import type { Ext4Geometry } from './super-block.ts';

const BLOCK_BYTES = 512;
/** More are not looked at: none of them would be worth naming. */
const MOST = 100_000;
/** The last entry of a block of the orphan file is a magic number and a sum. */
const TAIL_BYTES = 8;
/** i_dtime is the next one's number while an inode is an orphan. */
const NEXT = 0x14;
const LAST_ORPHAN = 0xe8;
const ORPHAN_FILE = 0x280;

/** Reads inodes by their numbers. */
export class InodeReader {
  readonly #geometry: Ext4Geometry;
  readonly #tables: InodeTables;
  readonly #read: FillFromDevice;
  readonly raw: Buffer;
  readonly inode: Ext4Inode;

  constructor(geometry: Ext4Geometry, tables: InodeTables, read: FillFromDevice) {
    this.#geometry = geometry;
    this.#tables = tables;
    this.#read = read;
    this.raw = Buffer.from(new ArrayBuffer(geometry.inodeBytes));
    this.inode = new Ext4Inode(geometry, this.raw);
  }

  /** Puts it into `raw` and `inode`; false where there is none of that number. */
  look(number: number): boolean {
    const { inodesPerGroup, inodes, inodeBytes, blockBytes } = this.#geometry;
    if (number < 1 || number > inodes) return false;
    const group = Math.floor((number - 1) / inodesPerGroup);
    const index = number - 1 - group * inodesPerGroup;
    if (!this.#read.fill(this.raw, this.#tables.firstBlocks[group] * blockBytes + index * inodeBytes))
      return false;
    this.inode.look(0);
    return true;
  }

  /** The blocks of the file looked at, one after the other in the same buffer; none where its map is damaged. */
  *blocks(): Generator<Buffer> {
    const geometry = this.#geometry;
    const runs = readBlockRuns(
      geometry,
      {
        area: Buffer.from(this.raw.subarray(BLOCK_AREA.position, BLOCK_AREA.position + BLOCK_AREA.bytes)),
        usesExtents: (this.inode.flags & EXT4_FLAG.extents) !== 0,
        blocks: this.inode.size / geometry.blockBytes,
        checksumSeed: undefined,
      },
      this.#read,
    );
    const block = Buffer.alloc(geometry.blockBytes);
    for (const { first, count } of runs ?? [])
      for (let index = 0; index < count; index++)
        if (this.#read.fill(block, (first + index) * geometry.blockBytes)) yield block;
  }
}

/**
 * Files without a name, in no particular order; those that are only being cut short are none.
 * @param suspects inodes that may have lost their name: without a journal there is no list of orphans.
 */
export function readOrphans(superBlock: Buffer, reader: InodeReader, suspects: readonly number[]): Orphan[] {
  const numbers = new Set(suspects);
  const chain = new Set<number>();
  // One that comes back to itself is damaged.
  for (let next = superBlock.readUInt32LE(LAST_ORPHAN); next !== 0 && !chain.has(next);) {
    if (chain.size >= MOST || !reader.look(next)) break;
    chain.add(next);
    next = reader.raw.readUInt32LE(NEXT);
  }
  for (const number of chain) numbers.add(number);
  const file = superBlock.readUInt32LE(ORPHAN_FILE);
  if (file !== 0 && reader.look(file)) {
    for (const block of reader.blocks()) {
      for (let at = 0; at < block.length - TAIL_BYTES; at += 4)
        if (numbers.size < MOST) numbers.add(block.readUInt32LE(at));
    }
  }
  return [...numbers].flatMap((inode) => {
    if (!reader.look(inode)) return [];
    const { links, blocks, size } = reader.inode;
    const diskBytes = blocks * BLOCK_BYTES;
    return links === 0 && diskBytes > 0 ? [{ inode, diskBytes, apparentBytes: size }] : [];
  });
}
