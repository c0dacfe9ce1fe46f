/** Which subvolumes have an extent, asked of btrfs (BTRFS_IOC_LOGICAL_INO_V2, Linux 4.15): root only. */
import type { Libc } from '../calls/libc.ts';
import { BTRFS_EXTENT, BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';

/** _IOWR(0x94, 59, 56 bytes): logical, size, 3 reserved, flags, where the answer goes. */
const LOGICAL_INO_V2 = 0xc038_943b;
const ARGUMENT_BYTES = 56;
/** Whoever has any part of the extent. */
const IGNORE_OFFSET = 1n;
const ANSWER_BYTES = 2 ** 16;
const ANSWER_HEAD = 16;
/** inode, offset, tree. */
const REFERENCE_BYTES = 24;

/** Bytes on disk of extents, by where they begin. */
export type Extents = Map<number, number>;

export class BtrfsExtents {
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #argument = Buffer.from(new ArrayBuffer(ARGUMENT_BYTES));
  readonly #answer = Buffer.from(new ArrayBuffer(ANSWER_BYTES));

  /** @param descriptor anything open on the filesystem. */
  constructor(libc: Libc, descriptor: number) {
    this.#libc = libc;
    this.#descriptor = descriptor;
    this.#argument.writeBigUInt64LE(BigInt(ANSWER_BYTES), 8);
    this.#argument.writeBigUInt64LE(IGNORE_OFFSET, 40);
    this.#argument.writeBigUInt64LE(BigInt(libc.addressOf(this.#answer)), 48);
  }

  /**
   * Adds the extents of a subvolume, or of one of its inodes, to `extents`; false where there are more than could be read
   * until then. @param deadline of performance.now().
   */
  collect(extents: Extents, deadline: number, tree: number, inode?: number): boolean {
    const search = new BtrfsTree(this.#libc, this.#descriptor);
    const firstObject = inode ?? BTRFS_ID.firstFree;
    search.begin({ tree, firstObject, lastObject: inode ?? BTRFS_ID.most, firstType: 0, lastType: 255 });
    while (search.read()) {
      while (search.advance()) {
        if (search.type !== BTRFS_ITEM.extentData) continue;
        if (search.view.getUint8(search.itemAt + BTRFS_EXTENT.type) === BTRFS_EXTENT.inline) continue;
        const disk = search.long(BTRFS_EXTENT.disk);
        if (disk !== 0) extents.set(disk, search.long(BTRFS_EXTENT.diskBytes));
      }
      if (performance.now() > deadline) return false;
    }
    return true;
  }

  /** The trees that have any of an extent; undefined where they are more than can be told, or the kernel does not tell. */
  treesOf(extent: number): ReadonlySet<number> | undefined {
    const end = this.#ask(extent);
    if (end === undefined) return undefined;
    const trees = new Set<number>();
    for (let at = ANSWER_HEAD; at + REFERENCE_BYTES <= end; at += REFERENCE_BYTES)
      trees.add(this.#treeAt(at));
    return trees;
  }

  /** The same for inodes, each as "tree:inode". */
  ownersOf(extent: number): readonly string[] | undefined {
    const end = this.#ask(extent);
    if (end === undefined) return undefined;
    const owners = new Set<string>();
    for (let at = ANSWER_HEAD; at + REFERENCE_BYTES <= end; at += REFERENCE_BYTES)
      owners.add(`${this.#treeAt(at)}:${this.#answer.readBigUInt64LE(at)}`);
    return [...owners];
  }

  /** Where the answer ends. */
  #ask(extent: number): number | undefined {
    this.#argument.writeBigUInt64LE(BigInt(extent), 0);
    if (this.#libc.ioctl(this.#descriptor, LOGICAL_INO_V2, this.#libc.addressOf(this.#argument)) < 0)
      return undefined;
    const answer = this.#answer;
    return answer.readUInt32LE(12) > 0 ? undefined : ANSWER_HEAD + answer.readUInt32LE(8) * 8;
  }

  #treeAt(at: number): number {
    return Number(this.#answer.readBigUInt64LE(at + 16));
  }
}
