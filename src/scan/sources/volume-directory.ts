/**
 * The blocks of one directory of a volume, in memory a piece at a time: believed only if all of them are whole, their
 * checksums right, and the directory's inode at rest after they were read. Otherwise the kernel is to be asked.
 */
import { readBlockRuns } from '../../system/ext4/block-runs.ts';
import type { BlockRun } from '../../system/ext4/block-runs.ts';
import { deviceReader } from '../../system/ext4/device-reader.ts';
import type { DeviceReader } from '../../system/ext4/device-reader.ts';
import { Ext4DirectoryEntries } from '../../system/ext4/directory-entries.ts';
import { BLOCK_AREA, Ext4Inode, EXT4_FLAG } from '../../system/ext4/inode.ts';
import { inlineParts } from '../../system/ext4/inline-directory.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { InodeRecords, recordRun } from '../volumes/volumes.ts';
import type { Volume } from '../volumes/volumes.ts';
import type { DirectoryState, VolumeContents, VolumeDirectories } from './volume-contents.ts';

/** A piece of a directory; small ones are one. */
const PIECE_BYTES = 2 ** 20;

class VolumeDirectory implements VolumeDirectories {
  readonly entries: Ext4DirectoryEntries;
  readonly bytes = new Uint8Array(new ArrayBuffer(PIECE_BYTES));
  readonly #bytesAt: number;
  readonly #volume: Volume;
  readonly #read: DeviceReader;
  readonly #records: InodeRecords;
  readonly #raw: Buffer;
  readonly #rawAt: number;
  readonly #inode: Ext4Inode;
  /** As it was before the directory's blocks were read. */
  readonly #before: Buffer;
  #number = 0;
  #runs: readonly BlockRun[] = [];
  /** Blocks of the whole directory, and how many of them were handed out. */
  #blocks = 0;
  #done = 0;
  #seed = 0;

  constructor(volume: Volume, read: DeviceReader, records: InodeRecords) {
    this.#volume = volume;
    this.#read = read;
    this.#records = records;
    this.#bytesAt = read.addressOf(this.bytes);
    this.entries = new Ext4DirectoryEntries(volume.geometry, this.bytes);
    const { inodeBytes } = volume.geometry;
    this.#raw = Buffer.from(new ArrayBuffer(inodeBytes));
    this.#rawAt = read.addressOf(this.#raw);
    this.#before = Buffer.from(new ArrayBuffer(inodeBytes));
    this.#inode = new Ext4Inode(volume.geometry, this.#raw);
  }

  /** Reads the directory `number` and makes sure of all of it. */
  open(number: number, above: number): DirectoryState {
    const records = this.#records;
    this.#number = number;
    this.#done = 0;
    const at = records.find(number);
    if (at < 0) return 'changing';
    if ((records.words[at] & FILE_TYPE.mask) !== FILE_TYPE.directory) return 'changing';
    const run = recordRun(records.words, at);
    this.#runs = [run];
    this.#blocks = run.count;
    if (run.count === 0) {
      if (!this.#readInode()) return 'damaged';
      if ((this.#inode.flags & EXT4_FLAG.inlineData) !== 0) return this.#openInline(above);
      if (!this.#readMap()) return this.#isAtRest() ? 'damaged' : 'changing';
    } else if (!this.#isInside(run)) return 'damaged';
    return this.#check(above, run.count > 0 ? run : undefined);
  }

  nextPiece(): boolean {
    if (this.#done >= this.#blocks) return false;
    const { blockBytes } = this.#volume.geometry;
    // What is one piece is in memory already.
    const isOne = this.#blocks * blockBytes <= PIECE_BYTES;
    const bytes = isOne ? this.#blocks * blockBytes : this.#readPiece(this.#done);
    if (bytes === 0) return false;
    if (!isOne && !this.#isWhole(0, bytes)) return false;
    this.#done += bytes / blockBytes;
    this.entries.reset(0, bytes);
    return true;
  }

  get isComplete(): boolean {
    return (
      this.#done === this.#blocks &&
      (this.#blocks * this.#volume.geometry.blockBytes <= PIECE_BYTES || this.#isAtRest())
    );
  }

  /** A directory inside its inode: its parts are put where blocks would be, as one that is not a block. */
  #openInline(above: number): DirectoryState {
    const { geometry } = this.#volume;
    const parts = inlineParts(this.#raw, this.#inode.attributesAt, this.#inode.size);
    if (!parts || !this.#inode.isIntact(this.#number)) return this.#isAtRest() ? 'damaged' : 'changing';
    if (above !== 0 && this.#raw.readUInt32LE(BLOCK_AREA.position) !== above) return 'changing';
    let length = 0;
    for (const [start, end] of parts) {
      this.bytes.set(this.#raw.subarray(start, end), length);
      if (!this.entries.isWhole(length, length + end - start)) return 'damaged';
      length += end - start;
    }
    this.#blocks = length / geometry.blockBytes;
    return this.#isAtRest() ? 'whole' : 'changing';
  }

  /** Reads all blocks once, and the inode after them. */
  #check(above: number, run: BlockRun | undefined): DirectoryState {
    const { geometry } = this.#volume;
    let done = 0;
    let isWhole = true;
    let hasDots = true;
    let seeded = false;
    while (done < this.#blocks) {
      const bytes = this.#readPiece(done);
      if (bytes === 0) return 'damaged';
      if (!seeded && run && !this.#readInode()) return 'damaged';
      if (!seeded) this.#seed = this.#inode.checksumSeed(this.#number);
      seeded = true;
      if (done === 0) hasDots = this.entries.beginsWithDots(0, this.#number, above);
      isWhole &&= this.#isWhole(0, bytes);
      done += bytes / geometry.blockBytes;
    }
    if (run ? !this.#isStill(run) : !this.#isAtRest()) return 'changing';
    if (!isWhole) return 'damaged';
    // It may have been moved since it was found.
    return hasDots ? 'whole' : 'changing';
  }

  #isWhole(start: number, end: number): boolean {
    const { blockBytes, checksumSeed } = this.#volume.geometry;
    for (let at = start; at < end; at += blockBytes) {
      if (!this.entries.isWhole(at, at + blockBytes)) return false;
      if (checksumSeed !== undefined && !this.entries.isIntact(at, this.#seed)) return false;
    }
    return true;
  }

  /** Reads blocks from number `from` of the directory on: how many bytes fit, 0 where that failed. */
  #readPiece(from: number): number {
    const { blockBytes } = this.#volume.geometry;
    let filled = 0;
    let skipped = 0;
    for (const { first, count } of this.#runs) {
      const skip = Math.min(count, Math.max(0, from - skipped));
      skipped += count;
      const blocks = Math.min(count - skip, (PIECE_BYTES - filled) / blockBytes);
      if (blocks === 0) continue;
      const length = blocks * blockBytes;
      if (!this.#read.toAddress(this.#bytesAt + filled, length, (first + skip) * blockBytes)) return 0;
      filled += length;
    }
    return filled;
  }

  /** Of type FILEID_INO32_GEN. */
  handle(number: number): Uint8Array | undefined {
    this.#number = number;
    if (!this.#readInode()) return undefined;
    const handle = new Uint32Array([HANDLE_BYTES, INODE_AND_GENERATION, number, this.#inode.generation]);
    return new Uint8Array(handle.buffer);
  }

  #readInode(): boolean {
    if (!this.#readRaw()) return false;
    this.#raw.copy(this.#before);
    return true;
  }

  #readRaw(): boolean {
    const { geometry, tables } = this.#volume;
    const { inodesPerGroup, inodeBytes, blockBytes, groups } = geometry;
    const group = Math.floor((this.#number - 1) / inodesPerGroup);
    if (group >= groups) return false;
    const index = this.#number - 1 - group * inodesPerGroup;
    const position = tables.firstBlocks[group] * blockBytes + index * inodeBytes;
    if (!this.#read.toAddress(this.#rawAt, inodeBytes, position)) return false;
    this.#inode.look(0);
    return true;
  }

  #readMap(): boolean {
    const { geometry } = this.#volume;
    const inode = this.#inode;
    if (!inode.isIntact(this.#number)) return false;
    this.#seed = inode.checksumSeed(this.#number);
    const runs = readBlockRuns(
      geometry,
      {
        area: this.#raw.subarray(BLOCK_AREA.position, BLOCK_AREA.position + BLOCK_AREA.bytes),
        usesExtents: (inode.flags & EXT4_FLAG.extents) !== 0,
        blocks: inode.size / geometry.blockBytes,
        checksumSeed: geometry.checksumSeed === undefined ? undefined : this.#seed,
      },
      this.#read,
    );
    if (!runs) return false;
    this.#runs = runs;
    this.#blocks = inode.size / geometry.blockBytes;
    return true;
  }

  /** Whether the inode read after the blocks is one that has not changed for long, and has this run. */
  #isStill({ count }: BlockRun): boolean {
    const { geometry, changedSince } = this.#volume;
    return this.#inode.ctime <= changedSince && this.#inode.size === count * geometry.blockBytes;
  }

  /** Whether the inode is what it was when it was read first, and has not changed for long. */
  #isAtRest(): boolean {
    if (!this.#readRaw() || this.#inode.ctime > this.#volume.changedSince) return false;
    // All but the access time, and the sum that includes it.
    return [ACCESS_TIME_BEFORE, BLOCKS_AFTER].every(([start, end]) =>
      this.#raw.subarray(start, end).equals(this.#before.subarray(start, end)),
    );
  }

  #isInside({ first, count }: BlockRun): boolean {
    const { blocks, firstDataBlock } = this.#volume.geometry;
    return first > firstDataBlock && first + count <= blocks;
  }
}

/** An ext4 filesystem as its inode tables and its directories' blocks say. */
export function tableContents(libc: Libc, volume: Volume): VolumeContents {
  const read = deviceReader(libc, volume.deviceDescriptor);
  const records = new InodeRecords(volume, read);
  const { mountId, device, mountDescriptor, mountParents } = volume;
  const place = { mountId, device, mountDescriptor, mountParents, counts: volume.records.counts };
  return { place, records, directories: new VolumeDirectory(volume, read, records) };
}

/** struct file_handle: how long what follows is, and what it is (linux/exportfs.h). */
const HANDLE_BYTES = 8;
const INODE_AND_GENERATION = 1;
const ACCESS_TIME_BEFORE = [0x00, 0x08] as const;
const BLOCKS_AFTER = [0x0c, 0x64] as const;
