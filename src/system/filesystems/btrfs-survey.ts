/** All extents of subvolumes of a btrfs, read once: whose they are, and how they are compressed. Root only. */
import type { CompressionKind, CompressionUsage, SubvolumeUsage } from '../../model/btrfs-usage.ts';
import type { Libc } from '../calls/libc.ts';
import { BTRFS_EXTENT, BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';

/** How long may be read, as performance.now() counts, and how many extents may be kept in mind (some 40 bytes each). */
export interface SurveyLimits {
  readonly deadline: number;
  readonly mostExtents: number;
}

/** Bytes of a subvolume. */
export type SubvolumeBytes = Pick<SubvolumeUsage, 'referencedBytes' | 'exclusiveBytes'>;

export interface ExtentSurvey {
  /** By the number of the tree. */
  readonly subvolumes: ReadonlyMap<number, SubvolumeBytes>;
  /** Kinds that occur. */
  readonly compression: readonly CompressionUsage[];
}

/** By BTRFS_COMPRESS_NONE and those that follow. */
const KINDS: readonly CompressionKind[] = ['none', 'zlib', 'lzo', 'zstd'];
/** Extents begin at multiples of it: small numbers make a small table. */
const LEAST_SECTOR_BYTES = 4096;

/** Undefined where a limit was met: half of the extents says nothing of what is shared. */
export function surveyExtents(
  libc: Libc,
  descriptor: number,
  trees: readonly number[],
  { deadline, mostExtents }: SurveyLimits,
): ExtentSurvey | undefined {
  const search = new BtrfsTree(libc, descriptor);
  const sums = new Sums();
  for (const tree of trees) {
    sums.begin(tree);
    const { firstFree: firstObject, most: lastObject } = BTRFS_ID;
    search.begin({ tree, firstObject, lastObject, firstType: 0, lastType: 255 });
    while (search.read()) {
      while (search.advance()) if (search.type === BTRFS_ITEM.extentData) sums.add(search);
      if (performance.now() > deadline || sums.extents > mostExtents) return undefined;
    }
  }
  return { subvolumes: sums.subvolumes, compression: sums.compression };
}

type Changing<Row> = { -readonly [Name in keyof Row]: Row[Name] };

class Sums {
  /** Of each extent the tree that has it; of those that several have, the last one that was read, negative. */
  readonly #owners = new Map<number, number>();
  readonly #subvolumes = new Map<number, Changing<SubvolumeBytes>>();
  readonly #kinds = new Map<CompressionKind, Changing<CompressionUsage>>();
  #tree = 0;
  #own: Changing<SubvolumeBytes> = { referencedBytes: 0, exclusiveBytes: 0 };

  get extents(): number {
    return this.#owners.size;
  }

  get subvolumes(): ReadonlyMap<number, SubvolumeBytes> {
    return this.#subvolumes;
  }

  get compression(): readonly CompressionUsage[] {
    return [...this.#kinds.values()].toSorted((a, b) => b.diskBytes - a.diskBytes);
  }

  /** What follows is of this tree; no tree comes twice. */
  begin(tree: number): void {
    this.#tree = tree;
    this.#own = { referencedBytes: 0, exclusiveBytes: 0 };
    this.#subvolumes.set(tree, this.#own);
  }

  add(item: BtrfsTree): void {
    const { view, itemAt } = item;
    const type = view.getUint8(itemAt + BTRFS_EXTENT.type);
    const compression = KINDS[view.getUint8(itemAt + BTRFS_EXTENT.compression)] ?? 'none';
    const uncompressedBytes = item.long(BTRFS_EXTENT.ramBytes);
    if (type === BTRFS_EXTENT.inline) {
      const diskBytes = item.itemBytes - BTRFS_EXTENT.inlineData;
      this.#count(compression, { diskBytes, uncompressedBytes, referencedBytes: uncompressedBytes });
      return;
    }
    const disk = item.long(BTRFS_EXTENT.disk);
    if (disk === 0) return;
    const diskBytes = item.long(BTRFS_EXTENT.diskBytes);
    const isNew = this.#claim(disk / LEAST_SECTOR_BYTES, diskBytes);
    this.#count(type === BTRFS_EXTENT.preallocated ? 'preallocated' : compression, {
      diskBytes: isNew ? diskBytes : 0,
      uncompressedBytes: isNew ? uncompressedBytes : 0,
      referencedBytes: item.long(BTRFS_EXTENT.bytes),
    });
  }

  /** Whether nobody has had it before. */
  #claim(extent: number, bytes: number): boolean {
    const tree = this.#tree;
    const owner = this.#owners.get(extent);
    if (owner === tree || owner === -tree) return false;
    this.#own.referencedBytes += bytes;
    this.#owners.set(extent, owner === undefined ? tree : -tree);
    if (owner === undefined) this.#own.exclusiveBytes += bytes;
    else if (owner > 0) this.#subvolumes.get(owner)!.exclusiveBytes -= bytes;
    return owner === undefined;
  }

  #count(kind: CompressionKind, bytes: Omit<CompressionUsage, 'kind'>): void {
    let sum = this.#kinds.get(kind);
    if (!sum) {
      sum = { kind, diskBytes: 0, uncompressedBytes: 0, referencedBytes: 0 };
      this.#kinds.set(kind, sum);
    }
    sum.diskBytes += bytes.diskBytes;
    sum.uncompressedBytes += bytes.uncompressedBytes;
    sum.referencedBytes += bytes.referencedBytes;
  }
}
