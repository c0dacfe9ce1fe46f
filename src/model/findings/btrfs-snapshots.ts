/** Snapshots of btrfs that keep what was deleted or changed since. */
import type { ByteString } from '../byte-string.ts';

export interface BtrfsSnapshotsFacts {
  readonly rule: 'btrfs-snapshots';
  /** The directory they lie in; of several the one with most of them. */
  readonly directory: ByteString;
  readonly count: number;
  /** Of them, those that can be written: somebody may work in them. */
  readonly writable: number;
  /** In the order of their names, which mostly is that of their age. */
  readonly first: ByteString;
  readonly last: ByteString;
  /** Undefined where btrfs does not tell (not root). */
  readonly shares: SnapshotShares | undefined;
  /** Large files of which snapshots keep all or a part. */
  readonly heldFiles: readonly SnapshotHeldFile[];
}

/** What comes back when snapshots are deleted, on disk and so compressed. */
export interface SnapshotShares {
  /** When all of these are. */
  readonly togetherBytes: number;
  /** When the one is deleted that has most alone. */
  readonly mostAlone: { readonly name: ByteString; readonly bytes: number } | undefined;
  /** Whether all of their extents were looked at, or only the largest that there was time for: then it is at least this. */
  readonly isComplete: boolean;
}

export interface SnapshotHeldFile {
  readonly path: ByteString;
  /** On disk, what it has anywhere in its extents. */
  readonly diskBytes: number;
  /** Of them, what stays when it is deleted. */
  readonly heldBytes: number;
  /** How many of these snapshots have any of it. */
  readonly snapshots: number;
}
