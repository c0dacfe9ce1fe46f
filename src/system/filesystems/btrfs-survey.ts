/** All extents of subvolumes of a btrfs, read once: whose they are, and how they are compressed. Root only. */
import type { CompressionUsage, SubvolumeUsage } from '../../model/btrfs-usage.ts';
import type { Libc } from '../calls/libc.ts';
import { BtrfsPlaces } from './btrfs-places.ts';
import type { PlaceInode } from './btrfs-places.ts';
import type { BtrfsSubvolume } from './btrfs-subvolumes.ts';
import { BTRFS_EXTENT, BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';
import { CompressionSums, kindOf } from './compression-sums.ts';
import type { ExtentBytes } from './compression-sums.ts';
import { NumberSets } from './number-sets.ts';

/** How long may be read, as performance.now() counts, and how many extents may be kept in mind (some 60 bytes each). */
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
  /** The same of each of the places, as compsize would say it of them. */
  readonly places: readonly (readonly CompressionUsage[])[];
}

/** Extents begin at multiples of it: small numbers make a small table. */
const LEAST_SECTOR_BYTES = 4096;

/**
 * Undefined where a limit was met: half of the extents says nothing of what is shared.
 * @param places each the inodes of one directory or file, or of several.
 */
export function surveyExtents(
  libc: Libc,
  descriptor: number,
  subvolumes: readonly BtrfsSubvolume[],
  places: readonly (readonly PlaceInode[])[],
  { deadline, mostExtents }: SurveyLimits,
): ExtentSurvey | undefined {
  const search = new BtrfsTree(libc, descriptor);
  const owned = new OwnedSums();
  const placed = new PlacedSums(new BtrfsPlaces(libc, descriptor, subvolumes, places));
  const all = new CompressionSums();
  for (const tree of [BTRFS_ID.topSubvolume, ...subvolumes.map((subvolume) => subvolume.tree)]) {
    owned.begin(tree);
    placed.places.begin(tree);
    const { firstFree: firstObject, most: lastObject } = BTRFS_ID;
    search.begin({ tree, firstObject, lastObject, firstType: 0, lastType: 255 });
    while (search.read()) {
      while (search.advance()) {
        placed.places.take(search);
        if (search.type !== BTRFS_ITEM.extentData) continue;
        const extent = extentOf(search);
        if (!extent) continue;
        const isNew = owned.claim(extent);
        all.add(kindOf(search), isNew ? extent.bytes : onlyReferenced(extent.bytes));
        placed.add(search, extent);
      }
      if (performance.now() > deadline || owned.extents > mostExtents) return undefined;
    }
  }
  return {
    subvolumes: owned.subvolumes,
    compression: all.rows,
    places: placed.rows(places.length),
  };
}

/** Bytes of an extent, and what it is told by; what lies inside the tree is nobody else's. */
interface Extent {
  readonly id: number | undefined;
  readonly bytes: ExtentBytes;
}

/** Undefined for a hole. */
function extentOf(item: BtrfsTree): Extent | undefined {
  const uncompressedBytes = item.long(BTRFS_EXTENT.ramBytes);
  if (item.view.getUint8(item.itemAt + BTRFS_EXTENT.type) === BTRFS_EXTENT.inline) {
    const diskBytes = item.itemBytes - BTRFS_EXTENT.inlineData;
    return { id: undefined, bytes: { diskBytes, uncompressedBytes, referencedBytes: uncompressedBytes } };
  }
  const disk = item.long(BTRFS_EXTENT.disk);
  if (disk === 0) return undefined;
  const diskBytes = item.long(BTRFS_EXTENT.diskBytes);
  const referencedBytes = item.long(BTRFS_EXTENT.bytes);
  return { id: disk / LEAST_SECTOR_BYTES, bytes: { diskBytes, uncompressedBytes, referencedBytes } };
}

/** Of an extent that was counted before. */
function onlyReferenced({ referencedBytes }: ExtentBytes): ExtentBytes {
  return { diskBytes: 0, uncompressedBytes: 0, referencedBytes };
}

type Changing<Row> = { -readonly [Name in keyof Row]: Row[Name] };

/** What each subvolume has, and has alone. */
class OwnedSums {
  /** Of each extent the tree that has it; of those that several have, the last one that was read, negative. */
  readonly #owners = new Map<number, number>();
  readonly #subvolumes = new Map<number, Changing<SubvolumeBytes>>();
  #tree = 0;
  #own: Changing<SubvolumeBytes> = { referencedBytes: 0, exclusiveBytes: 0 };

  get extents(): number {
    return this.#owners.size;
  }

  get subvolumes(): ReadonlyMap<number, SubvolumeBytes> {
    return this.#subvolumes;
  }

  /** What follows is of this tree; no tree comes twice. */
  begin(tree: number): void {
    this.#tree = tree;
    this.#own = { referencedBytes: 0, exclusiveBytes: 0 };
    this.#subvolumes.set(tree, this.#own);
  }

  /** Whether nobody has had it before. */
  claim({ id, bytes: { diskBytes } }: Extent): boolean {
    if (id === undefined) return true;
    const tree = this.#tree;
    const owner = this.#owners.get(id);
    if (owner === tree || owner === -tree) return false;
    this.#own.referencedBytes += diskBytes;
    this.#owners.set(id, owner === undefined ? tree : -tree);
    if (owner === undefined) this.#own.exclusiveBytes += diskBytes;
    else if (owner > 0) this.#subvolumes.get(owner)!.exclusiveBytes -= diskBytes;
    return owner === undefined;
  }
}

/** What lies in each place, an extent once in each. */
class PlacedSums {
  readonly places: BtrfsPlaces;
  /** By set of places. */
  readonly #sums = new Map<number, CompressionSums>();
  /** Of each extent the set of places that have it. */
  readonly #sets = new Map<number, number>();

  constructor(places: BtrfsPlaces) {
    this.places = places;
  }

  add(item: BtrfsTree, { id, bytes }: Extent): void {
    const set = this.places.current;
    if (set === NumberSets.empty) return;
    const kind = kindOf(item);
    const before = id === undefined ? NumberSets.empty : (this.#sets.get(id) ?? NumberSets.empty);
    const after = this.places.sets.union(before, set);
    const once = { ...bytes, referencedBytes: 0 };
    if (after !== before) {
      if (before !== NumberSets.empty) this.#of(before).add(kind, once, -1);
      this.#of(after).add(kind, once);
      if (id !== undefined) this.#sets.set(id, after);
    }
    this.#of(set).add(kind, onlyReferenced(bytes));
  }

  /** By the number of the place. */
  rows(places: number): readonly (readonly CompressionUsage[])[] {
    const sums = Array.from({ length: places }, () => new CompressionSums());
    for (const [set, ofSet] of this.#sums)
      for (const place of this.places.sets.members(set)) sums[place].addAll(ofSet);
    return sums.map(({ rows }) => rows);
  }

  #of(set: number): CompressionSums {
    let sums = this.#sums.get(set);
    if (!sums) this.#sums.set(set, (sums = new CompressionSums()));
    return sums;
  }
}
