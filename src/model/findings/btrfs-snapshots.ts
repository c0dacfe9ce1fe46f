/** Read-only snapshots of btrfs that keep what was deleted or changed since. */
import type { ByteString } from '../byte-string.ts';

export interface BtrfsSnapshotsFacts {
  readonly rule: 'btrfs-snapshots';
  /** The directory they lie in; of several the one with most of them. */
  readonly directory: ByteString;
  readonly count: number;
  /** In the order of their names, which mostly is that of their age. */
  readonly first: ByteString;
  readonly last: ByteString;
}
