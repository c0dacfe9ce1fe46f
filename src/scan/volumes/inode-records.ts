/**
 * What is known of a volume's inodes: a record of eight words for each, in memory that all threads share. The tables
 * are read a piece at a time, when the first of its inodes is asked for, by whoever asks.
 */
import { Ext4Inode, BLOCK_AREA, EXT4_FLAG } from '../../system/ext4/inode.ts';
import { onlyExtent } from '../../system/ext4/block-runs.ts';
import type { DeviceReader } from '../../system/ext4/device-reader.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { announceRuns } from './announce.ts';
import type { Volume } from './volume.ts';

export const RECORD_WORDS = 8;
/** Indexes into a record; 64-bit fields are low word, then high word. All is 0 where the kernel must be asked. */
export const RECORD = {
  /** st_mode, and st_nlink in the upper half. */
  modeAndLinks: 0,
  uid: 1,
  blocks: 2,
  /** Of a directory: its only run of blocks, low word of the first, then the high half and the count; 0 for any other. */
  size: 4,
  mtime: 6,
} as const;

const PIECE_STATE = { unread: 0, reading: 1, read: 2, failed: 3 } as const;
/** Those before are the filesystem's own; no directory should name them. */
const FIRST_ORDINARY = 11;
const HIGH_WORD = 2 ** 32;
const HALF = 2 ** 16;
/** A table is read in pieces of at most this much. */
export const MOST_PIECE_BYTES = 2 ** 21;

const KINDS = new Set<number>([
  FILE_TYPE.regular,
  FILE_TYPE.directory,
  FILE_TYPE.symlink,
  FILE_TYPE.fifo,
  FILE_TYPE.socket,
  0o020000,
  0o060000,
]);

export class InodeRecords {
  readonly words: Uint32Array;
  readonly #volume: Volume;
  readonly #read: DeviceReader;
  #buffer = new Uint8Array(0);
  #bufferAt = 0;
  #bufferWords = new Uint32Array(0);
  #inode: Ext4Inode | undefined;
  /** Blocks of the directories in the piece that is read: they will be read soon. */
  #runs: [first: number, count: number][] = [];
  // The piece that was asked for last: its inodes `[#nearFirst, #nearEnd)`, and where the first one's record is.
  #nearFirst = 0;
  #nearEnd = 0;
  #nearAt = 0;

  constructor(volume: Volume, read: DeviceReader) {
    this.#volume = volume;
    this.#read = read;
    this.words = volume.records.words;
  }

  /** Index of the inode's record in `words`, or -1 where nothing certain is known and the kernel must be asked. */
  find(inode: number): number {
    // Most inodes of a directory lie in the same piece.
    if (inode < this.#nearFirst || inode >= this.#nearEnd) {
      if (!this.#approach(inode)) return -1;
    }
    const at = this.#nearAt + (inode - this.#nearFirst) * RECORD_WORDS;
    return this.words[at] === 0 ? -1 : at;
  }

  /** Notes that a directory was found; false where it was before. For inodes of which `find` cannot tell: true. */
  markFound(inode: number): boolean {
    const { geometry, tables, records } = this.#volume;
    const group = Math.floor((inode - 1) / geometry.inodesPerGroup);
    const index = inode - 1 - group * geometry.inodesPerGroup;
    if (group >= geometry.groups || index >= tables.used[group]) return true;
    const record = records.starts[group] + index;
    const bit = 1 << (record & 31);
    return (Atomics.or(records.found, Math.floor(record / 32), bit) & bit) === 0;
  }

  /** Makes the piece of the inode the near one, read from the device if need be; false where it lies in none. */
  #approach(inode: number): boolean {
    const { geometry, tables, records } = this.#volume;
    const group = Math.floor((inode - 1) / geometry.inodesPerGroup);
    const groupFirst = group * geometry.inodesPerGroup + 1;
    const index = inode - groupFirst;
    if (inode < FIRST_ORDINARY || group >= geometry.groups || index >= tables.used[group]) return false;
    const piece = Math.floor(index / records.pieceInodes);
    const state = records.firstPieces[group] + piece;
    if (Atomics.load(records.states, state) < PIECE_STATE.read) this.#readPiece(group, piece, state);
    const first = Math.max(piece * records.pieceInodes, FIRST_ORDINARY - groupFirst);
    this.#nearFirst = groupFirst + first;
    this.#nearEnd = groupFirst + Math.min((piece + 1) * records.pieceInodes, tables.used[group]);
    this.#nearAt = (records.starts[group] + first) * RECORD_WORDS;
    return true;
  }

  /** Reads a piece, or waits for the thread that does. */
  #readPiece(group: number, piece: number, state: number): void {
    const { states } = this.#volume.records;
    if (
      Atomics.compareExchange(states, state, PIECE_STATE.unread, PIECE_STATE.reading) !== PIECE_STATE.unread
    ) {
      while (Atomics.load(states, state) === PIECE_STATE.reading)
        Atomics.wait(states, state, PIECE_STATE.reading);
      return;
    }
    let result: number = PIECE_STATE.failed;
    try {
      if (this.#fillPiece(group, piece)) result = PIECE_STATE.read;
    } finally {
      Atomics.store(states, state, result);
      Atomics.notify(states, state);
    }
  }

  /** False where the device does not give it: its records stay empty. */
  #fillPiece(group: number, piece: number): boolean {
    const { geometry, tables, records } = this.#volume;
    const { inodeBytes, blockBytes, inodesPerGroup } = geometry;
    const first = piece * records.pieceInodes;
    const count = Math.min(records.pieceInodes, tables.used[group] - first);
    const inode = this.#inodeView(records.pieceInodes * inodeBytes);
    const position = tables.firstBlocks[group] * blockBytes + first * inodeBytes;
    if (!this.#read.toAddress(this.#bufferAt, count * inodeBytes, position)) return false;
    const firstNumber = group * inodesPerGroup + first + 1;
    const firstRecord = records.starts[group] + first;
    this.#runs = [];
    for (let index = 0; index < count; index++) {
      inode.look(index * inodeBytes);
      if (inode.isUsed && this.#isCertain(inode, firstNumber + index))
        this.#fill(inode, index * inodeBytes, (firstRecord + index) * RECORD_WORDS);
    }
    if (records.isWhole) announceRuns(this.#runs, blockBytes, this.#read);
    return true;
  }

  #inodeView(bytes: number): Ext4Inode {
    if (this.#inode) return this.#inode;
    this.#buffer = new Uint8Array(new ArrayBuffer(bytes));
    this.#bufferAt = this.#read.addressOf(this.#buffer);
    this.#bufferWords = new Uint32Array(this.#buffer.buffer);
    return (this.#inode = new Ext4Inode(this.#volume.geometry, this.#buffer));
  }

  /** Whether the inode is at rest, whole and of a kind of which statx would say what lies there. */
  #isCertain(inode: Ext4Inode, number: number): boolean {
    const { changedSince, geometry } = this.#volume;
    const { mode, flags } = inode;
    const kind = mode & FILE_TYPE.mask;
    return (
      inode.ctime <= changedSince &&
      KINDS.has(kind) &&
      (flags & EXT4_FLAG.attributes) === 0 &&
      // Of an encrypted link the kernel says the decrypted length, of an encrypted directory the decrypted names.
      ((flags & EXT4_FLAG.encrypted) === 0 || kind === FILE_TYPE.regular) &&
      inode.isWellFormed &&
      inode.size <= Number.MAX_SAFE_INTEGER &&
      inode.blocks <= (geometry.blocks * geometry.blockBytes) / BLOCK_BYTES &&
      inode.isIntact(number)
    );
  }

  #fill(inode: Ext4Inode, position: number, at: number): void {
    const { words } = this;
    const { mode, blocks, mtime } = inode;
    words[at + RECORD.uid] = inode.uid;
    words[at + RECORD.blocks] = blocks;
    words[at + RECORD.blocks + 1] = blocks / HIGH_WORD;
    words[at + RECORD.mtime] = mtime;
    words[at + RECORD.mtime + 1] = Math.floor(mtime / HIGH_WORD);
    if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory) {
      const run =
        (inode.flags & (EXT4_FLAG.extents | EXT4_FLAG.inlineData)) === EXT4_FLAG.extents
          ? onlyExtent(this.#bufferWords, (position + BLOCK_AREA.position) / 4)
          : undefined;
      if (run && run.count * this.#volume.geometry.blockBytes === inode.size) {
        words[at + RECORD.size] = run.first;
        words[at + RECORD.size + 1] = Math.floor(run.first / HIGH_WORD) + run.count * HALF;
        this.#runs.push([run.first, run.count]);
      }
    } else {
      const { size } = inode;
      words[at + RECORD.size] = size;
      words[at + RECORD.size + 1] = size / HIGH_WORD;
    }
    // Last: what is not 0 here may be read.
    words[at + RECORD.modeAndLinks] = mode + inode.links * HALF;
  }
}

/** Fills `entry` from the record at `at`, all but device and inode. */
export function fillFromRecord(entry: RecordedStat, words: Uint32Array, at: number): void {
  entry.mode = words[at] & 0xffff;
  entry.links = words[at] >>> 16;
  entry.uid = words[at + RECORD.uid];
  entry.blocks = words[at + RECORD.blocks] + words[at + RECORD.blocks + 1] * HIGH_WORD;
  entry.size = words[at + RECORD.size] + words[at + RECORD.size + 1] * HIGH_WORD;
  entry.mtime = words[at + RECORD.mtime] + (words[at + RECORD.mtime + 1] | 0) * HIGH_WORD;
}

interface RecordedStat {
  mode: number;
  links: number;
  uid: number;
  blocks: number;
  size: number;
  mtime: number;
}

/** The run of blocks that RECORD.size holds for a directory; a count of 0 says that the inode must be read. */
export function recordRun(words: Uint32Array, at: number): { first: number; count: number } {
  const high = words[at + RECORD.size + 1];
  return { first: words[at + RECORD.size] + (high & 0xffff) * HIGH_WORD, count: high >>> 16 };
}
