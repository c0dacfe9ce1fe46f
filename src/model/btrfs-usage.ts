/** What subvolumes of a btrfs have, alone and together with others, and what compression saves. */
import type { ByteString } from './byte-string.ts';

export interface BtrfsUsage {
  /** Undefined where neither quota groups nor the extents told in time. */
  readonly subvolumes: SubvolumeUsages | undefined;
  /** Undefined where not all extents could be read in time. */
  readonly compression: readonly CompressionUsage[] | undefined;
}

export interface SubvolumeUsages {
  /** Quota groups count metadata as well; extents are files' contents only, what small files keep inside metadata left out. */
  readonly countedBy: 'quota' | 'extents';
  /** The most exclusive bytes first. */
  readonly rows: readonly SubvolumeUsage[];
}

export interface SubvolumeUsage {
  readonly id: number;
  /** From the top of the filesystem, as `btrfs subvolume list` says it; empty for the top itself. */
  readonly path: ByteString;
  /** On disk, each extent once. */
  readonly referencedBytes: number;
  /** Of them, what no other subvolume has: what comes back when it is deleted. */
  readonly exclusiveBytes: number;
}

/** How an extent is written; `preallocated`: set aside and not written yet. */
export type CompressionKind = 'none' | 'zlib' | 'lzo' | 'zstd' | 'preallocated';

/** All extents of a kind, each once, as compsize counts them. */
export interface CompressionUsage {
  readonly kind: CompressionKind;
  readonly diskBytes: number;
  /** What it would take without compression. */
  readonly uncompressedBytes: number;
  /** What files show of it: less where parts were overwritten, more where files share. */
  readonly referencedBytes: number;
}

/** Whether it takes less than its content, or would if it were larger. */
export function isCompressed({ kind }: CompressionUsage): boolean {
  return kind !== 'none' && kind !== 'preallocated';
}
