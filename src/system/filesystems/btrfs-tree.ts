/**
 * Items of a btrfs tree in the order of their keys, as many a call as fit (linux/btrfs.h, BTRFS_IOC_TREE_SEARCH_V2;
 * linux/btrfs_tree.h for what they hold): root only. The kernel answers from the trees it is writing to.
 */
import type { Libc } from '../calls/libc.ts';

/** _IOWR(0x94, 17, 112 bytes): struct btrfs_ioctl_search_args_v2. */
const TREE_SEARCH_V2 = 0xc070_9411;
const HEAD_BYTES = 112;
/** Where fields of the head lie: what is looked for, how many items at most (and were found), the room behind the head. */
const AT = {
  tree: 0,
  firstObject: 8,
  lastObject: 16,
  firstOffset: 24,
  lastOffset: 32,
  lastTransaction: 48,
  firstType: 56,
  lastType: 60,
  items: 64,
  room: 104,
} as const;
const ITEM_HEAD_BYTES = 32;
const HIGH_WORD = 2 ** 32;
const MOST_OFFSET = 2n ** 64n - 1n;
/** Larger than any item (a node has 64 KiB at most); the kernel touches all of it for each node, so that more is slower. */
const ROOM_BYTES = 2 ** 17;

/** Types of items. */
export const BTRFS_ITEM = {
  inode: 1,
  inodeRef: 12,
  inodeExtendedRef: 13,
  directoryEntry: 84,
  extentData: 108,
  root: 132,
  rootRef: 156,
  quotaStatus: 240,
  quotaInfo: 242,
} as const;

/** Of trees and objects. Beyond `most` are objects that are no inodes; nobody has made so many yet. */
export const BTRFS_ID = {
  rootTree: 1,
  topSubvolume: 5,
  quotaTree: 8,
  firstFree: 256,
  most: 2 ** 48,
} as const;

/** struct btrfs_file_extent_item; `inline` and `preallocated` are types, the content of the first begins at `inlineData`. */
export const BTRFS_EXTENT = {
  ramBytes: 8,
  compression: 16,
  type: 20,
  disk: 21,
  inlineData: 21,
  diskBytes: 29,
  bytes: 45,
  inline: 0,
  preallocated: 2,
} as const;

/** What is looked for, from the first key to the last. */
export interface BtrfsRange {
  readonly tree: number;
  readonly firstObject: number;
  readonly lastObject: number;
  readonly firstType: number;
  readonly lastType: number;
}

export class BtrfsTree {
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly bytes = new Uint8Array(new ArrayBuffer(HEAD_BYTES + ROOM_BYTES));
  readonly #at: number;
  readonly view = new DataView(this.bytes.buffer);
  #left = 0;
  #hasEnded = true;
  #next = 0;
  /** The current item's key, its offset left out. */
  object = 0;
  type = 0;
  /** Where the item's content lies in `view` and `bytes`. */
  itemAt = 0;
  itemBytes = 0;

  /** @param descriptor anything open on the filesystem. */
  constructor(libc: Libc, descriptor: number) {
    this.#libc = libc;
    this.#descriptor = descriptor;
    this.#at = libc.addressOf(this.bytes);
  }

  begin({ tree, firstObject, lastObject, firstType, lastType }: BtrfsRange): void {
    const { view } = this;
    this.bytes.fill(0, 0, HEAD_BYTES);
    view.setBigUint64(AT.tree, BigInt(tree), true);
    view.setBigUint64(AT.firstObject, BigInt(firstObject), true);
    view.setBigUint64(AT.lastObject, BigInt(lastObject), true);
    view.setBigUint64(AT.lastOffset, MOST_OFFSET, true);
    view.setBigUint64(AT.lastTransaction, MOST_OFFSET, true);
    view.setUint32(AT.firstType, firstType, true);
    view.setUint32(AT.lastType, lastType, true);
    this.#left = 0;
    this.#hasEnded = false;
  }

  /** Reads on, at most `most` items; false at the end, or where the kernel does not tell. */
  read(most = 2 ** 32 - 1): boolean {
    if (this.#hasEnded) return false;
    const { view } = this;
    view.setUint32(AT.items, most, true);
    view.setBigUint64(AT.room, BigInt(ROOM_BYTES), true);
    const isRead = this.#libc.ioctl(this.#descriptor, TREE_SEARCH_V2, this.#at) >= 0;
    this.#left = isRead ? view.getUint32(AT.items, true) : 0;
    this.#next = HEAD_BYTES;
    if (this.#left === 0) this.#hasEnded = true;
    return !this.#hasEnded;
  }

  /** Moves to the next item of those read; false where they have ended. */
  advance(): boolean {
    if (this.#left === 0) return false;
    const { view } = this;
    const head = this.#next;
    this.object = view.getUint32(head + 8, true) + view.getUint32(head + 12, true) * HIGH_WORD;
    this.type = view.getUint32(head + 24, true);
    this.itemBytes = view.getUint32(head + 28, true);
    this.itemAt = head + ITEM_HEAD_BYTES;
    this.#next = this.itemAt + this.itemBytes;
    if (--this.#left === 0) this.#readOnBehind(head);
    return true;
  }

  /** The current item's third part of its key. */
  get offset(): bigint {
    return this.view.getBigUint64(this.itemAt - ITEM_HEAD_BYTES + 16, true);
  }

  /** 64 bits of the item at `at`, counted from its start; exact up to 2^53. */
  long(at: number): number {
    const { view, itemAt } = this;
    return view.getUint32(itemAt + at, true) + view.getUint32(itemAt + at + 4, true) * HIGH_WORD;
  }

  /** A copy of `length` bytes of the item. */
  copy(at: number, length: number): Buffer {
    return Buffer.from(this.bytes.subarray(this.itemAt + at, this.itemAt + at + length));
  }

  /** The next call begins behind the item whose head is here. */
  #readOnBehind(head: number): void {
    const { view } = this;
    const offset = view.getBigUint64(head + 16, true);
    const isLastOffset = offset === MOST_OFFSET;
    view.setBigUint64(AT.firstObject, view.getBigUint64(head + 8, true), true);
    view.setUint32(AT.firstType, this.type + (isLastOffset ? 1 : 0), true);
    view.setBigUint64(AT.firstOffset, isLastOffset ? 0n : offset + 1n, true);
  }
}

/** The inode of `tree` as a file handle (btrfs_encode_fh: FILEID_BTRFS_WITHOUT_PARENT); undefined where it is gone. */
export function btrfsHandle(
  libc: Libc,
  descriptor: number,
  tree: number,
  inode: number,
): Uint8Array | undefined {
  const search = new BtrfsTree(libc, descriptor);
  const type = BTRFS_ITEM.inode;
  search.begin({ tree, firstObject: inode, lastObject: inode, firstType: type, lastType: type });
  if (!search.read(1) || !search.advance()) return undefined;
  const handle = Buffer.from(new ArrayBuffer(28));
  handle.writeUInt32LE(20, 0);
  handle.writeUInt32LE(0x4d, 4);
  handle.writeBigUInt64LE(BigInt(inode), 8);
  handle.writeBigUInt64LE(BigInt(tree), 16);
  // Its generation comes first in an inode.
  handle.writeUInt32LE(search.view.getUint32(search.itemAt, true), 24);
  return handle;
}

/** The highest object of a tree that is an inode; 0 where there is none or the kernel does not tell. */
export function lastInode(libc: Libc, descriptor: number, tree: number): number {
  const search = new BtrfsTree(libc, descriptor);
  const isAny = (from: number): boolean => {
    search.begin({ tree, firstObject: from, lastObject: BTRFS_ID.most, firstType: 0, lastType: 255 });
    return search.read(1);
  };
  let low = BTRFS_ID.firstFree as number;
  if (!isAny(low)) return 0;
  let high = low * 2;
  while (high < BTRFS_ID.most && isAny(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isAny(middle)) low = middle;
    else high = middle;
  }
  return low;
}
