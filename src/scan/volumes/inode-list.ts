/**
 * Inodes of a filesystem that lists them without their names: while directories are read, what is in the list needs no
 * statx. Threads fill it together, a group each; what is not in it yet is asked of the kernel.
 */
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { XfsBulkstat } from '../../system/filesystems/xfs-bulkstat.ts';
import type { XfsGeometry } from '../../system/filesystems/xfs-bulkstat.ts';
import { RECORD, RECORD_WORDS } from './inode-records.ts';

/** XFS makes inodes in chunks of 64. */
const CHUNK = 64;
const HIGH_WORD = 2 ** 32;
const HALF = 2 ** 16;
const BLOCK_BYTES = 512;

/** The list as all threads of a scan know it: plain data and shared memory. */
export interface ListedVolume {
  readonly mountId: number;
  /** Major << 20 | minor. */
  readonly device: number;
  /** The mount's root, open. */
  readonly mountDescriptor: number;
  readonly geometry: XfsGeometry;
  /** Of each chunk there could be, the number of its first record + 1; 0 where it is not listed. */
  readonly chunks: Uint32Array;
  readonly words: Uint32Array;
  /** LIST_COUNT. */
  readonly counts: Int32Array;
  readonly changedSince: number;
  /** Inodes of directories over which something is mounted: what is seen there is another one. */
  readonly covered: ReadonlySet<number>;
}

/** Indexes into ListedVolume.counts. */
export const LIST_COUNT = { groupsTaken: 0, chunks: 1, directories: 2 } as const;

export class InodeList {
  readonly volume: ListedVolume;
  readonly words: Uint32Array;
  readonly #bulkstat: XfsBulkstat;
  #isFilling = false;
  #isFilled = false;

  constructor(libc: Libc, volume: ListedVolume) {
    this.volume = volume;
    this.words = volume.words;
    this.#bulkstat = new XfsBulkstat(libc, volume.mountDescriptor);
  }

  /** Index of the inode's record in `words`, or -1 where the kernel must be asked. */
  find(low: number, high: number): number {
    const inode = high * HIGH_WORD + low;
    const { groups, groupInodes } = this.volume.geometry;
    if (inode >= groups * groupInodes) return -1;
    const first = this.volume.chunks[Math.floor(inode / CHUNK)];
    if (first === 0) return -1;
    const at = ((first - 1) * CHUNK + (inode % CHUNK)) * RECORD_WORDS;
    return this.words[at] === 0 ? -1 : at;
  }

  /** Lists some more inodes; false where nothing is left for this thread to do. */
  fillSome(): boolean {
    if (this.#isFilled) return false;
    if (!this.#isFilling) {
      const group = Atomics.add(this.volume.counts, LIST_COUNT.groupsTaken, 1);
      this.#isFilled = group >= this.volume.geometry.groups;
      if (this.#isFilled) return false;
      this.#bulkstat.begin(group);
      this.#isFilling = true;
    }
    const count = this.#bulkstat.next();
    for (let index = 0; index < count; index++) {
      this.#bulkstat.look(index);
      this.#add();
    }
    this.#isFilling = count > 0;
    return true;
  }

  #add(): void {
    const { changedSince, covered, geometry, chunks } = this.volume;
    const { inode, mode, links, blocks, ctime, mtime, size } = this.#bulkstat;
    // A size in memory is ahead of the one on disk; data inside the inode hide the blocks of its attributes.
    if (ctime > changedSince || mtime > changedSince || links === 0 || links >= HALF) return;
    if (blocks === 0 && this.#bulkstat.attributeExtents > 0) return;
    if (covered.has(inode) || size > Number.MAX_SAFE_INTEGER) return;
    const chunk = Math.floor(inode / CHUNK);
    if (chunks[chunk] === 0) {
      const number = Atomics.add(this.volume.counts, LIST_COUNT.chunks, 1);
      if ((number + 1) * CHUNK * RECORD_WORDS > this.words.length) return;
      chunks[chunk] = number + 1;
    }
    const at = ((chunks[chunk] - 1) * CHUNK + (inode % CHUNK)) * RECORD_WORDS;
    const sectors = blocks * (geometry.blockBytes / BLOCK_BYTES);
    const { words } = this;
    words[at + RECORD.uid] = this.#bulkstat.uid;
    words[at + RECORD.blocks] = sectors;
    words[at + RECORD.blocks + 1] = sectors / HIGH_WORD;
    if ((mode & FILE_TYPE.mask) !== FILE_TYPE.directory) {
      words[at + RECORD.size] = size;
      words[at + RECORD.size + 1] = size / HIGH_WORD;
    }
    words[at + RECORD.mtime] = mtime;
    words[at + RECORD.mtime + 1] = Math.floor(mtime / HIGH_WORD);
    // Last: what is not 0 here may be read.
    words[at + RECORD.modeAndLinks] = mode + links * HALF;
  }
}
