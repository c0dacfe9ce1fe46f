/** Adds up extents by how they are written. */
import type { CompressionKind, CompressionUsage } from '../../model/btrfs-usage.ts';
import type { BtrfsTree } from './btrfs-tree.ts';
import { BTRFS_EXTENT } from './btrfs-tree.ts';

type Changing<Row> = { -readonly [Name in keyof Row]: Row[Name] };
export type ExtentBytes = Omit<CompressionUsage, 'kind'>;

/** By BTRFS_COMPRESS_NONE and those that follow. */
const KINDS: readonly CompressionKind[] = ['none', 'zlib', 'lzo', 'zstd'];

export class CompressionSums {
  readonly #kinds = new Map<CompressionKind, Changing<CompressionUsage>>();

  /** @param times -1 takes it off again. */
  add(
    kind: CompressionKind,
    { diskBytes, uncompressedBytes, referencedBytes }: ExtentBytes,
    times = 1,
  ): void {
    let sum = this.#kinds.get(kind);
    if (!sum) {
      sum = { kind, diskBytes: 0, uncompressedBytes: 0, referencedBytes: 0 };
      this.#kinds.set(kind, sum);
    }
    sum.diskBytes += diskBytes * times;
    sum.uncompressedBytes += uncompressedBytes * times;
    sum.referencedBytes += referencedBytes * times;
  }

  addAll(others: CompressionSums): void {
    for (const { kind, ...bytes } of others.#kinds.values()) this.add(kind, bytes);
  }

  /** Kinds that occur, the most bytes first. */
  get rows(): readonly CompressionUsage[] {
    return [...this.#kinds.values()]
      .filter(({ diskBytes, referencedBytes }) => diskBytes > 0 || referencedBytes > 0)
      .toSorted((a, b) => b.diskBytes - a.diskBytes);
  }
}

/** How the extent is written that an item of a tree says. */
export function kindOf({ view, itemAt }: BtrfsTree): CompressionKind {
  if (view.getUint8(itemAt + BTRFS_EXTENT.type) === BTRFS_EXTENT.preallocated) return 'preallocated';
  return KINDS[view.getUint8(itemAt + BTRFS_EXTENT.compression)] ?? 'none';
}
