/**
 * The inodes of a btrfs subvolume from its tree. What the tree says of an inode may be as old as the last commit, while
 * its extents and names are newer: those that do not add up are not certain.
 */
import { BLOCK_BYTES } from '../../model/size.ts';
import type { Libc } from '../calls/libc.ts';
import { FILE_TYPE } from '../calls/statx.ts';
import { BTRFS_EXTENT, BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';
import { LISTED_NAME } from './inode-lister.ts';
import type { InodeLister } from './inode-lister.ts';

/** A subvolume whose inodes are listed: plain data, for all threads. */
export interface BtrfsListing {
  readonly tree: number;
  /** What every file's bytes are rounded up to. */
  readonly sectorBytes: number;
  readonly lastInode: number;
  /** How many numbers a part has. */
  readonly partInodes: number;
}

/** struct btrfs_inode_item. */
const INODE = { size: 16, bytes: 24, links: 40, uid: 44, mode: 52, ctime: 124, mtime: 136 } as const;
/** Before the name in a reference to an inode, and where its length stands: the short form, and the one past its limit. */
const REF = { bytes: 10, length: 8 } as const;
const EXTENDED_REF = { bytes: 18, length: 16 } as const;
/** struct btrfs_dir_item: the key of what it leads to, then lengths and type. */
const ENTRY = { target: 0, targetType: 8, dataLength: 25, nameLength: 27, type: 29, name: 30 } as const;
/** Directories with more names are to be opened. */
const MOST_NAMES_BYTES = 2 ** 16;
const HIGH_WORD = 2 ** 32;

export class BtrfsInodes implements InodeLister {
  readonly #tree: BtrfsTree;
  readonly #listing: BtrfsListing;
  #bytes = 0;
  /** What its extents and its references say. */
  #extentBytes = 0;
  #names = 0;
  readonly #entries = new Uint8Array(MOST_NAMES_BYTES);
  readonly #entriesView = new DataView(this.#entries.buffer);
  #entriesBytes = 0;
  /** Of all names together, as a directory's size counts them twice. */
  #nameBytes = 0;
  inode = 0;
  /** 0 where nothing is known of it. */
  mode = 0;
  links = 0;
  uid = 0;
  size = 0;
  mtime = 0;
  ctime = 0;
  /** The highest number of a subvolume that an entry leads to: directories of other trees, or an empty one in their place. */
  highestSubvolume = 0;

  constructor(libc: Libc, descriptor: number, listing: BtrfsListing) {
    this.#tree = new BtrfsTree(libc, descriptor);
    this.#listing = listing;
  }

  begin(part: number): void {
    const { tree, lastInode, partInodes } = this.#listing;
    const firstObject = BTRFS_ID.firstFree + part * partInodes;
    const lastObject = Math.min(lastInode, firstObject + partInodes - 1);
    this.#tree.begin({ tree, firstObject, lastObject, firstType: 0, lastType: 255 });
    this.inode = 0;
    this.mode = 0;
  }

  next(found: () => void): boolean {
    const tree = this.#tree;
    const isRead = tree.read();
    while (tree.advance()) {
      if (tree.object !== this.inode) {
        if (this.mode !== 0) found();
        this.inode = tree.object;
        this.mode = 0;
        this.#extentBytes = 0;
        this.#names = 0;
        this.#entriesBytes = 0;
        this.#nameBytes = 0;
      }
      this.#take();
    }
    if (!isRead && this.mode !== 0) {
      found();
      this.mode = 0;
    }
    return isRead;
  }

  /** As btrfs_getattr says it, but for what has no place on disk yet. */
  get blocks(): number {
    return this.#rounded(this.#bytes) / BLOCK_BYTES;
  }

  get isCertain(): boolean {
    if ((this.mode & FILE_TYPE.mask) === FILE_TYPE.directory) return this.size === 2 * this.#nameBytes;
    return this.#names === this.links && this.#rounded(this.#extentBytes) === this.#rounded(this.#bytes);
  }

  get names(): Uint8Array | undefined {
    return this.#entriesBytes > MOST_NAMES_BYTES ? undefined : this.#entries.subarray(0, this.#entriesBytes);
  }

  #take(): void {
    const tree = this.#tree;
    const { view, itemAt } = tree;
    switch (tree.type) {
      case BTRFS_ITEM.inode:
        this.mode = view.getUint32(itemAt + INODE.mode, true) & 0xffff;
        this.links = view.getUint32(itemAt + INODE.links, true);
        this.uid = view.getUint32(itemAt + INODE.uid, true);
        this.size = tree.long(INODE.size);
        this.mtime = this.#time(INODE.mtime);
        this.ctime = this.#time(INODE.ctime);
        this.#bytes = tree.long(INODE.bytes);
        break;
      case BTRFS_ITEM.inodeRef:
        this.#countNames(REF);
        break;
      case BTRFS_ITEM.inodeExtendedRef:
        this.#countNames(EXTENDED_REF);
        break;
      case BTRFS_ITEM.extentData:
        if (view.getUint8(itemAt + BTRFS_EXTENT.type) === BTRFS_EXTENT.inline)
          this.#extentBytes += tree.long(BTRFS_EXTENT.ramBytes);
        else if (tree.long(BTRFS_EXTENT.disk) !== 0) this.#extentBytes += tree.long(BTRFS_EXTENT.bytes);
        break;
      case BTRFS_ITEM.directoryEntry:
        this.#addEntries();
        break;
      default:
    }
  }

  /** Names with the same hash share an item. */
  #addEntries(): void {
    const tree = this.#tree;
    const { view, itemAt, itemBytes } = tree;
    for (let at = 0; at < itemBytes;) {
      const length = view.getUint16(itemAt + at + ENTRY.nameLength, true);
      const isSubvolume = view.getUint8(itemAt + at + ENTRY.targetType) === BTRFS_ITEM.root;
      const target = tree.long(at + ENTRY.target);
      if (isSubvolume) this.highestSubvolume = Math.max(this.highestSubvolume, target);
      this.#nameBytes += length;
      this.#addName(
        isSubvolume ? 0 : target,
        view.getUint8(itemAt + at + ENTRY.type),
        itemAt + at + ENTRY.name,
        length,
      );
      at += ENTRY.name + length + view.getUint16(itemAt + at + ENTRY.dataLength, true);
    }
  }

  #addName(inode: number, type: number, nameAt: number, length: number): void {
    const to = this.#entriesBytes;
    this.#entriesBytes = to + LISTED_NAME.name + length;
    if (this.#entriesBytes > MOST_NAMES_BYTES) {
      this.#entriesBytes = MOST_NAMES_BYTES + 1;
      return;
    }
    this.#entriesView.setUint32(to, inode, true);
    this.#entries[to + LISTED_NAME.type] = type;
    this.#entries[to + LISTED_NAME.length] = length;
    const { bytes } = this.#tree;
    for (let i = 0; i < length; i++) this.#entries[to + LISTED_NAME.name + i] = bytes[nameAt + i];
  }

  /** One item holds all names that an inode has in a directory, as long as they fit. */
  #countNames(form: { readonly bytes: number; readonly length: number }): void {
    const { view, itemAt, itemBytes } = this.#tree;
    for (let at = 0; at < itemBytes; this.#names++)
      at += form.bytes + view.getUint16(itemAt + at + form.length, true);
  }

  #time(at: number): number {
    const { view, itemAt } = this.#tree;
    return view.getUint32(itemAt + at, true) + view.getInt32(itemAt + at + 4, true) * HIGH_WORD;
  }

  #rounded(bytes: number): number {
    const { sectorBytes } = this.#listing;
    return Math.ceil(bytes / sectorBytes) * sectorBytes;
  }
}
