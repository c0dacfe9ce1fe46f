/** A filesystem's fullness and its ledger: accounts that add up to what is used. */
import type { BtrfsUsage } from './btrfs-usage.ts';
import type { ByteString } from './byte-string.ts';
import type { Ledger } from './ledger.ts';

/** What statfs(2) says. `usedBytes` and `availableBytes` do not add up to `totalBytes` where some is reserved. */
export interface Usage {
  readonly totalBytes: number;
  readonly usedBytes: number;
  /** What an ordinary user may still write. */
  readonly availableBytes: number;
  /** Free, but for root only. */
  readonly reservedBytes: number;
  /** 0 where the filesystem makes inodes as it needs them (btrfs). */
  readonly inodes: number;
  readonly inodesUsed: number;
}

export interface Filesystem extends Usage {
  readonly mountPoint: ByteString;
  readonly device: ByteString;
  readonly type: string;
  /** `path` where only a part of the filesystem was walked. */
  readonly ledger: Ledger;
  /** Undefined where it is another filesystem, nobody asked, or it does not tell. */
  readonly btrfs: BtrfsUsage | undefined;
}
