/** The columns in which a thread notes signs of life, for those who ask whether a tree may be deleted. */
import type { ByteString } from '../../model/byte-string.ts';
import type { InodeRows } from './inode-tally.ts';

/** What was seen in a directory or below it, as bits. */
export const LIFE_FLAG = {
  /** A file with the sticky bit: "do not age me" (XDG Base Directory Specification, tmpfiles.d(5)). */
  sticky: 1,
  socket: 2,
  fifo: 4,
  device: 8,
  /** Something on another mount, not entered. */
  mount: 16,
  /** Something that belongs to another user than the one asked for. */
  foreign: 32,
  /** Placeholders of deleted files that are still open: .nfs…, .fuse_hidden… */
  placeholder: 64,
  /** An inode of the table of held ones. */
  held: 128,
  /** Something that was left out of the scan. */
  excluded: 256,
  /** Something that a pattern of `LifeOptions.keep` fits. */
  kept: 512,
} as const;

/**
 * Rows as in tally-rows.ts, but of living directories only: those of one directory add up, times by the newest. Seconds
 * since 1970; -Infinity for none.
 */
export const emptyLifeRows = () => ({
  /** Number of the directory in the tree. */
  id: new Uint32Array(64),
  fileMtime: new Float64Array(64).fill(-Infinity),
  fileCtime: new Float64Array(64).fill(-Infinity),
  fileBtime: new Float64Array(64).fill(-Infinity),
  fileAtime: new Float64Array(64).fill(-Infinity),
  directoryMtime: new Float64Array(64).fill(-Infinity),
  directoryBtime: new Float64Array(64).fill(-Infinity),
  /** Names met, each hard link counted. */
  names: new Uint32Array(64),
  digestLow: new Uint32Array(64),
  digestHigh: new Uint32Array(64),
  flags: new Uint16Array(64),
});
type LifeRows = ReturnType<typeof emptyLifeRows>;

/** The columns that hold times. */
export const LIFE_TIMES = [
  'fileMtime',
  'fileCtime',
  'fileBtime',
  'fileAtime',
  'directoryMtime',
  'directoryBtime',
] as const;

/** An entry worth naming: a socket, or something held. */
export interface LifeEntryRow {
  /** Number of its directory in the tree; its own where `name` is undefined. */
  readonly directory: number;
  readonly name: ByteString | undefined;
  readonly device: number;
  readonly inodeHigh: number;
  readonly inodeLow: number;
}

/** What a thread hands over. */
export interface LifeResult {
  readonly rows: LifeRows;
  readonly rowCount: number;
  /** Empty where the thread itself knew what is held. */
  readonly inodes: InodeRows;
  readonly inodeCount: number;
  readonly sockets: readonly LifeEntryRow[];
  readonly held: readonly LifeEntryRow[];
  readonly kept: readonly LifeEntryRow[];
  /** Sockets, held and kept entries beyond those listed. */
  readonly unlisted: number;
}
