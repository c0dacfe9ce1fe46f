/** What a reader of snapshots hands on: one entry at a time, in one object that it uses again for the next. */
import type { KeptFilesystem } from '../../model/kept-snapshot.ts';

/** Valid until the call that it was handed to returns. */
export interface ReadEntry {
  /** The name is `bytes[nameStart…nameEnd)`. */
  bytes: Uint8Array;
  nameStart: number;
  nameEnd: number;
  apparentBytes: number;
  diskBytes: number;
  /** A number that each device of the file has for itself; that of the directory around it, unless said otherwise. */
  device: number;
  inodeHigh: number;
  inodeLow: number;
  /** Whether the file says which inode it is. */
  hasInode: boolean;
  /** 1; more where the inode has more names; UNKNOWN_LINKS where it has and the file does not say how many. */
  links: number;
  isRegular: boolean;
  /** The whole st_mode; -1 where the file does not say. */
  mode: number;
  /** -1 where the file does not say. */
  uid: number;
  /** Seconds since 1970; -Infinity where the file does not say. */
  mtime: number;
  isUnread: boolean;
  /** Counted already under another name of its inode, which one is not said: gdu does so. */
  isCountedElsewhere: boolean;
  /** Left out when the file was written: its sizes are not in it. */
  leftOut: 'pattern' | 'filesystem' | undefined;
}

export const UNKNOWN_LINKS = 0xffff_ffff;

export function emptyReadEntry(): ReadEntry {
  return {
    bytes: new Uint8Array(0),
    nameStart: 0,
    nameEnd: 0,
    apparentBytes: 0,
    diskBytes: 0,
    device: 0,
    inodeHigh: 0,
    inodeLow: 0,
    hasInode: false,
    links: 1,
    isRegular: true,
    mode: -1,
    uid: -1,
    mtime: -Infinity,
    isUnread: false,
    isCountedElsewhere: false,
    leftOut: undefined,
  };
}

/** Makes it say nothing yet. @param device that of the directory around it. */
export function resetEntry(entry: ReadEntry, device: number): void {
  entry.apparentBytes = 0;
  entry.diskBytes = 0;
  entry.device = device;
  entry.inodeHigh = 0;
  entry.inodeLow = 0;
  entry.hasInode = false;
  entry.links = 1;
  entry.isRegular = true;
  entry.mode = -1;
  entry.uid = -1;
  entry.mtime = -Infinity;
  entry.isUnread = false;
  entry.isCountedElsewhere = false;
  entry.leftOut = undefined;
}

/** How much of a tree was written down. */
export interface SnapshotScope {
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
}

/** What a file says of itself before its tree. */
export interface SnapshotHead {
  /** "diskwhy", "ncdu", "gdu"; empty where it does not say. */
  readonly program: string;
  /** Seconds since 1970; undefined where it does not say. */
  readonly writtenAt: number | undefined;
  /** What was left out and what was entered, where diskwhy wrote it. */
  readonly scope: SnapshotScope | undefined;
  /** Of the filesystem at that time, where diskwhy wrote it. */
  readonly filesystem: KeptFilesystem | undefined;
}

/** Takes a tree depth first: the root directory, what is in it, and its end. */
export interface EntrySink {
  readonly begin: (head: SnapshotHead) => void;
  /** A directory, and all until its `closeDirectory` is in it. The root's name is its path. */
  readonly openDirectory: (entry: ReadEntry) => void;
  readonly closeDirectory: () => void;
  /** What is no directory, or a directory that was left out. */
  readonly addEntry: (entry: ReadEntry) => void;
}
