/** The snapshots of a tree that are kept, and what they say together. */
import type { ByteString } from './byte-string.ts';
import type { FullForecast, KeptSnapshot } from './kept-snapshot.ts';
import type { SnapshotDiff } from './snapshot-diff.ts';

export interface SnapshotHistory {
  readonly root: ByteString;
  /** The oldest first. */
  readonly snapshots: readonly KeptSnapshot[];
  /** Files that cannot be read. */
  readonly damaged: readonly { readonly file: ByteString; readonly reason: string }[];
  /** From the first to the last; undefined where there are not two. */
  readonly growth: SnapshotDiff | undefined;
  /** Undefined where they tell too little of the filesystem. */
  readonly forecast: FullForecast | undefined;
}
