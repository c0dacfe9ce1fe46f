/** What changed between two snapshots of a tree: values only. */
import type { ByteString } from './byte-string.ts';

export type ChangeKind = 'grown' | 'shrunk' | 'new' | 'gone' | 'moved';

/** Of what is new, gone or moved as a whole directory, one for all of it. */
export interface Change {
  /** Where it is now; where it was, if it is gone. */
  readonly path: ByteString;
  readonly kind: ChangeKind;
  readonly isDirectory: boolean;
  /** Where it was, if it has moved. */
  readonly movedFrom: ByteString | undefined;
  readonly oldBytes: number;
  readonly newBytes: number;
}

/** A directory with all that is below it. */
export interface DirectoryChange {
  readonly path: ByteString;
  readonly name: ByteString;
  /** new or gone as a whole; `moved` where it was somewhere else. */
  readonly kind: ChangeKind | 'same';
  readonly oldBytes: number;
  readonly newBytes: number;
  /** The largest changes first. */
  readonly children: readonly DirectoryChange[];
  /** Children left out, and what they change. */
  readonly rest: { readonly count: number; readonly deltaBytes: number };
}

/** One of the two that were compared. */
export interface DiffSide {
  /** The file, or the live path. */
  readonly source: ByteString;
  readonly root: ByteString;
  readonly isLive: boolean;
  /** Seconds since 1970; undefined where the file does not say. */
  readonly takenAt: number | undefined;
  readonly bytes: number;
  readonly entries: number;
  /** False where something could not be read. */
  readonly complete: boolean;
}

/** The changes' bytes add up to the difference of the sides' bytes exactly: each inode counts once. */
export interface SnapshotDiff {
  readonly old: DiffSide;
  readonly new: DiffSide;
  readonly byApparent: boolean;
  /** The largest first. */
  readonly changes: readonly Change[];
  readonly tree: DirectoryChange;
}
