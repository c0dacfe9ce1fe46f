/**
 * Which places (directories with all in them, or files) an inode of a btrfs lies in, while the items of its trees are read
 * in their order: its names come before its extents. Root only.
 */
import type { Libc } from '../calls/libc.ts';
import type { BtrfsSubvolume } from './btrfs-subvolumes.ts';
import { BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';
import { NumberSets } from './number-sets.ts';

/** An inode, in the tree that numbers it. */
export interface PlaceInode {
  readonly tree: number;
  readonly inode: number;
}

/** struct btrfs_inode_extref: the directory, index, length of the name, the name. */
const EXTENDED_REF = { directory: 0, nameLength: 16, bytes: 18 } as const;

export class BtrfsPlaces {
  readonly #search: BtrfsTree;
  readonly #subvolumes: ReadonlyMap<number, BtrfsSubvolume>;
  /** Numbers of the places whose root an inode is, by tree and inode. */
  readonly #roots = new Map<number, Map<number, number[]>>();
  readonly #directories = new Map<number, Map<number, number>>();
  readonly sets = new NumberSets();
  #tree = 0;
  #inode = 0;
  /** Whether nothing of the tree lies in any place. */
  #isOutside = true;
  /** The set (see `sets`) of the places that the inode read last lies in. */
  current = NumberSets.empty;

  /** @param places each of one inode or several, numbered from 0. @param descriptor anything open on the filesystem. */
  constructor(
    libc: Libc,
    descriptor: number,
    subvolumes: readonly BtrfsSubvolume[],
    places: readonly (readonly PlaceInode[])[],
  ) {
    this.#search = new BtrfsTree(libc, descriptor);
    this.#subvolumes = new Map(subvolumes.map((subvolume) => [subvolume.tree, subvolume]));
    for (const [place, inodes] of places.entries())
      for (const { tree, inode } of inodes) {
        const ofTree = this.#roots.get(tree) ?? new Map<number, number[]>();
        this.#roots.set(tree, ofTree.set(inode, [...(ofTree.get(inode) ?? []), place]));
      }
  }

  /** What follows is of this tree. */
  begin(tree: number): void {
    this.#tree = tree;
    this.#inode = 0;
    this.current = NumberSets.empty;
    this.#isOutside = !this.#roots.has(tree) && this.#around(tree) === NumberSets.empty;
  }

  /** Takes the item that was read. */
  take(item: BtrfsTree): void {
    if (this.#isOutside) return;
    if (item.object !== this.#inode) {
      this.#inode = item.object;
      this.current = this.#own(this.#tree, this.#inode);
    }
    for (const directory of directoriesOf(item))
      this.current = this.sets.union(this.current, this.#of(this.#tree, directory));
  }

  #own(tree: number, inode: number): number {
    const places = this.#roots.get(tree)?.get(inode);
    return places ? this.sets.of(places) : NumberSets.empty;
  }

  /** The places that a subvolume lies in. */
  #around(tree: number): number {
    const subvolume = this.#subvolumes.get(tree);
    return subvolume ? this.#of(subvolume.parentTree, subvolume.directory) : NumberSets.empty;
  }

  /** The places that a directory lies in, itself among them. */
  #of(tree: number, directory: number): number {
    let ofTree = this.#directories.get(tree);
    if (!ofTree) this.#directories.set(tree, (ofTree = new Map()));
    let set = ofTree.get(directory);
    if (set === undefined) {
      const above = directory === BTRFS_ID.firstFree ? this.#around(tree) : this.#ofParent(tree, directory);
      set = this.sets.union(this.#own(tree, directory), above);
      ofTree.set(directory, set);
    }
    return set;
  }

  #ofParent(tree: number, inode: number): number {
    const search = this.#search;
    const [firstType, lastType] = [BTRFS_ITEM.inodeRef, BTRFS_ITEM.inodeExtendedRef];
    search.begin({ tree, firstObject: inode, lastObject: inode, firstType, lastType });
    // Whoever is gone in the meantime lies nowhere.
    if (!search.read(1) || !search.advance()) return NumberSets.empty;
    const [parent] = directoriesOf(search);
    return parent === undefined || parent === inode ? NumberSets.empty : this.#of(tree, parent);
  }
}

/** The directories that an item about names says an inode lies in. */
function directoriesOf(item: BtrfsTree): readonly number[] {
  if (item.type === BTRFS_ITEM.inodeRef) return [Number(item.offset)];
  if (item.type !== BTRFS_ITEM.inodeExtendedRef) return NONE;
  const directories: number[] = [];
  const { view, itemAt, itemBytes } = item;
  for (let at = 0; at < itemBytes;) {
    directories.push(item.long(at + EXTENDED_REF.directory));
    at += EXTENDED_REF.bytes + view.getUint16(itemAt + at + EXTENDED_REF.nameLength, true);
  }
  return directories;
}

const NONE: readonly number[] = [];
