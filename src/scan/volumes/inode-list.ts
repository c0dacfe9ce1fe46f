/**
 * Inodes of a filesystem that lists them without their names: while directories are read, what is in the list needs no
 * statx. Threads fill it together, a part each; what is not in it yet is asked of the kernel.
 */
import { DIRENT_TYPE } from '../../system/calls/dirent.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { BtrfsInodes } from '../../system/filesystems/btrfs-inodes.ts';
import type { BtrfsListing } from '../../system/filesystems/btrfs-inodes.ts';
import type { InodeLister } from '../../system/filesystems/inode-lister.ts';
import { XfsBulkstat } from '../../system/filesystems/xfs-bulkstat.ts';
import type { XfsGeometry } from '../../system/filesystems/xfs-bulkstat.ts';
import { RECORD, RECORD_WORDS } from './inode-records.ts';
import { LIST_COUNT } from './list-count.ts';
import { noteNameless } from './nameless-inodes.ts';
import { NameStore } from './name-store.ts';

/** Records are made for so many inode numbers at a time: XFS makes inodes in chunks of 64. */
export const CHUNK = 64;
const HIGH_WORD = 2 ** 32;
const HALF = 2 ** 16;
/** Subvolumes that may be made while a scan runs, and take the next numbers. */
const SUBVOLUMES_TO_COME = 64;
/** Longest that a thread waits for another one before it looks up. */
const WAIT_MS = 5;

/** Who lists. */
type Listing =
  | { readonly type: 'xfs'; readonly geometry: XfsGeometry }
  | { readonly type: 'btrfs'; readonly subvolume: BtrfsListing };

/** The list as all threads of a scan know it: plain data and shared memory. */
export interface ListedVolume {
  readonly mountId: number;
  /** Major << 20 | minor. */
  readonly device: number;
  /** The mount's root, open. */
  readonly mountDescriptor: number;
  readonly listing: Listing;
  /** Threads take a part each. */
  readonly parts: number;
  /** Inode numbers are below. */
  readonly inodes: number;
  /** Of each chunk there could be, the number of its first record + 1; 0 where it is not listed. */
  readonly chunks: Uint32Array;
  readonly words: Uint32Array;
  /** A bit per record of a directory that was found. */
  readonly found: Int32Array;
  /** LIST_COUNT. */
  readonly counts: Int32Array;
  readonly changedSince: number;
  /** Inodes of directories over which something is mounted: what is seen there is another one. */
  readonly covered: ReadonlySet<number>;
  /** Where names of directories are kept; undefined where the kernel lists none. */
  readonly names: Uint8Array | undefined;
  /** See noteNameless; undefined where nobody asks: on btrfs a number is a subvolume's, and no name for a file. */
  readonly nameless: Float64Array | undefined;
}

export class InodeList {
  readonly volume: ListedVolume;
  readonly words: Uint32Array;
  readonly #lister: InodeLister;
  readonly #names: NameStore | undefined;
  readonly #addFound = (): void => this.#add();
  #isFilling = false;
  #isFilled = false;
  /** Directories from this number on are believed; Infinity while the list is not complete. */
  #directoriesFrom = 0;

  constructor(libc: Libc, volume: ListedVolume) {
    const { listing, mountDescriptor } = volume;
    this.volume = volume;
    this.words = volume.words;
    this.#names = volume.names && new NameStore(volume.names, volume.counts);
    if (listing.type === 'xfs') this.#lister = new XfsBulkstat(libc, mountDescriptor, listing.geometry);
    else {
      this.#lister = new BtrfsInodes(libc, mountDescriptor, listing.subvolume);
      this.#directoriesFrom = Infinity;
    }
  }

  /** Index of the inode's record in `words`, or -1 where the kernel must be asked. */
  find(inode: number): number {
    if (inode >= this.volume.inodes) return -1;
    const first = this.volume.chunks[Math.floor(inode / CHUNK)];
    if (first === 0) return -1;
    const at = ((first - 1) * CHUNK + (inode % CHUNK)) * RECORD_WORDS;
    return this.words[at] === 0 ? -1 : at;
  }

  /**
   * The same for what a directory's listing calls an inode, which may be the number of a subvolume that lies there.
   * @param type as d_type tells it.
   */
  findListed(low: number, high: number, type: number): number {
    const inode = high * HIGH_WORD + low;
    const at = this.find(inode);
    if (at < 0 || (type !== DIRENT_TYPE.unknown && type !== (this.words[at] & FILE_TYPE.mask) >>> 12))
      return -1;
    if (type !== DIRENT_TYPE.directory || inode >= this.#directoriesFrom) return at;
    return this.#isSubvolume(inode) ? -1 : at;
  }

  /** Notes that a directory was found; false where it was before. For inodes of which `find` cannot tell: true. */
  markFound(inode: number): boolean {
    const at = this.find(inode);
    if (at < 0) return true;
    const record = at / RECORD_WORDS;
    const bit = 1 << (record & 31);
    return (Atomics.or(this.volume.found, Math.floor(record / 32), bit) & bit) === 0;
  }

  /** Whether a directory of that kind of filesystem is read, so that it is worth filling. */
  want(): void {
    Atomics.store(this.volume.counts, LIST_COUNT.wanted, 1);
    Atomics.add(this.volume.counts, LIST_COUNT.read, 1);
  }

  get isWanted(): boolean {
    return Atomics.load(this.volume.counts, LIST_COUNT.wanted) === 1;
  }

  /** Lists some more inodes; false where nothing is left for this thread to do. */
  fillSome(): boolean {
    if (this.#isFilled) return false;
    const { counts, parts } = this.volume;
    if (!this.#isFilling) {
      const part = Atomics.add(counts, LIST_COUNT.taken, 1);
      if (part >= parts) return this.#waitForOthers();
      this.#lister.begin(part);
      this.#isFilling = true;
    }
    this.#isFilling = this.#lister.next(this.#addFound);
    if (!this.#isFilling) this.#endPart();
    return true;
  }

  /** Where names are listed, parts are small, and directories of a part that is not listed yet would have to be opened. */
  #waitForOthers(): boolean {
    const { counts, parts } = this.volume;
    const done = Atomics.load(counts, LIST_COUNT.done);
    this.#isFilled = done >= parts || !this.#names;
    if (!this.#isFilled) Atomics.wait(counts, LIST_COUNT.done, done, WAIT_MS);
    return !this.#isFilled;
  }

  #endPart(): void {
    const { counts } = this.volume;
    if (this.#lister instanceof BtrfsInodes) {
      const highest = this.#lister.highestSubvolume;
      for (
        let known = Atomics.load(counts, LIST_COUNT.subvolume);
        known < highest;
        known = Atomics.load(counts, LIST_COUNT.subvolume)
      )
        Atomics.compareExchange(counts, LIST_COUNT.subvolume, known, Math.min(highest, MOST_SUBVOLUME));
    }
    Atomics.add(counts, LIST_COUNT.done, 1);
    Atomics.notify(counts, LIST_COUNT.done);
  }

  /** Whether a directory's number may be that of a subvolume which lies here, and not of an inode. */
  #isSubvolume(inode: number): boolean {
    const { counts, parts } = this.volume;
    if (Atomics.load(counts, LIST_COUNT.done) < parts) return true;
    const highest = Atomics.load(counts, LIST_COUNT.subvolume);
    this.#directoriesFrom = highest === MOST_SUBVOLUME ? Infinity : highest + SUBVOLUMES_TO_COME;
    return inode < this.#directoriesFrom;
  }

  #add(): void {
    const { changedSince, covered, chunks, nameless, counts } = this.volume;
    const { inode, mode, links, blocks, ctime, mtime, size } = this.#lister;
    if (links === 0) {
      if (nameless) noteNameless(nameless, counts, { inode, blocks, size });
      return;
    }
    // What is in memory is ahead of what is on disk.
    if (ctime > changedSince || mtime > changedSince || links >= HALF) return;
    if (!this.#lister.isCertain || covered.has(inode) || size > Number.MAX_SAFE_INTEGER) return;
    const chunk = Math.floor(inode / CHUNK);
    if (chunk >= chunks.length) return;
    const first = chunks[chunk] || this.#newChunk(chunk);
    if (first === 0) return;
    const at = ((first - 1) * CHUNK + (inode % CHUNK)) * RECORD_WORDS;
    const { words } = this;
    words[at + RECORD.uid] = this.#lister.uid;
    words[at + RECORD.blocks] = blocks;
    words[at + RECORD.blocks + 1] = blocks / HIGH_WORD;
    if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory)
      this.#names?.keep(this.#lister.names, words, at + RECORD.size);
    else {
      words[at + RECORD.size] = size;
      words[at + RECORD.size + 1] = size / HIGH_WORD;
    }
    words[at + RECORD.mtime] = mtime;
    words[at + RECORD.mtime + 1] = Math.floor(mtime / HIGH_WORD);
    // Last: what is not 0 here may be read.
    words[at + RECORD.modeAndLinks] = mode + links * HALF;
  }

  /** The number of its first record + 1; 0 where there is no room. Two threads may meet in a chunk at the border of parts. */
  #newChunk(chunk: number): number {
    const { chunks, counts } = this.volume;
    const number = Atomics.add(counts, LIST_COUNT.chunks, 1);
    if ((number + 1) * CHUNK * RECORD_WORDS > this.words.length) return 0;
    const before = Atomics.compareExchange(chunks, chunk, 0, number + 1);
    return before === 0 ? number + 1 : before;
  }
}

/** What LIST_COUNT.subvolume holds at most: then no directory is believed. */
const MOST_SUBVOLUME = 2 ** 31 - 1;
