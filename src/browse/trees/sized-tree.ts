/** A tree that can be looked at level by level, wherever its figures come from: a scan at work, a finished one, a file. */
import type { ByteString } from '../../model/byte-string.ts';

/** The figures of a directory and all below it. */
export interface Figures {
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  /** Inodes, itself included. */
  readonly entries: number;
  /** Seconds since 1970; -Infinity where nothing was seen. */
  readonly newest: number;
  /** False where something could not be read, or is still being read: "at least". */
  readonly complete: boolean;
  /** Something in it was rescanned or deleted since the tree was made. */
  readonly changed: boolean;
}

export const NO_FIGURES: Figures = {
  diskBytes: 0,
  apparentBytes: 0,
  freeableBytes: 0,
  entries: 0,
  newest: -Infinity,
  complete: true,
  changed: false,
};

export interface Child {
  readonly directory: number;
  readonly figures: Figures;
}

/** A directory and the directories right in it, by name. */
export interface Level {
  readonly own: Figures;
  readonly children: ReadonlyMap<ByteString, Child>;
}

export interface SizedTree {
  readonly level: (directory: number) => Level;
  readonly path: (directory: number) => ByteString;
  /** Numbers of the directories from the root down to `path`, it included; undefined where the tree does not have it. */
  readonly trail: (path: ByteString) => readonly number[] | undefined;
  /** False for a file that was named itself. */
  readonly isDirectory: (directory: number) => boolean;
}
