/** The subvolumes of a btrfs: where each lies, from the tree of roots (root only). */
import type { Libc } from '../calls/libc.ts';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { BTRFS_ID, BTRFS_ITEM, BtrfsTree } from './btrfs-tree.ts';

/** A subvolume where it lies in another one. */
export interface BtrfsSubvolume {
  readonly tree: number;
  readonly parentTree: number;
  /** The inode of the directory in its parent that it lies in. */
  readonly directory: number;
  readonly name: ByteString;
}

/** _IOWR(0x94, 18, 4096 bytes): treeid, objectid, name. */
const INO_LOOKUP = 0xd000_9412;
const INO_LOOKUP_BYTES = 4096;
const INO_LOOKUP_NAME = 16;
/** struct btrfs_root_ref: dirid, sequence, name_len, name. */
const REF = { directory: 0, nameLength: 16, name: 18 } as const;

/** The number of the tree that holds what `descriptor` is open on; undefined where that is not on btrfs. */
export function treeOf(libc: Libc, descriptor: number): number | undefined {
  const argument = Buffer.from(new ArrayBuffer(INO_LOOKUP_BYTES));
  argument.writeBigUInt64LE(BigInt(BTRFS_ID.firstFree), 8);
  if (libc.ioctl(descriptor, INO_LOOKUP, libc.addressOf(argument)) < 0) return undefined;
  return Number(argument.readBigUInt64LE(0));
}

/** The path of a directory in its subvolume, '' for its root; undefined where it is gone or nobody may ask. */
export function pathInTree(
  libc: Libc,
  descriptor: number,
  tree: number,
  directory: number,
): ByteString | undefined {
  const argument = Buffer.from(new ArrayBuffer(INO_LOOKUP_BYTES));
  argument.writeBigUInt64LE(BigInt(tree), 0);
  argument.writeBigUInt64LE(BigInt(directory), 8);
  if (libc.ioctl(descriptor, INO_LOOKUP, libc.addressOf(argument)) < 0) return undefined;
  const end = argument.indexOf(0, INO_LOOKUP_NAME);
  const path = fromBytes(argument, INO_LOOKUP_NAME, end < 0 ? argument.length : end);
  return (path.endsWith('/') ? path.slice(0, -1) : path) as ByteString;
}

/** All subvolumes that lie in others; none where the kernel does not tell (not root). */
export function readSubvolumes(libc: Libc, descriptor: number): BtrfsSubvolume[] {
  const subvolumes: BtrfsSubvolume[] = [];
  const search = new BtrfsTree(libc, descriptor);
  search.begin({
    tree: BTRFS_ID.rootTree,
    firstObject: BTRFS_ID.topSubvolume,
    lastObject: BTRFS_ID.most,
    firstType: 0,
    lastType: 255,
  });
  while (search.read()) {
    while (search.advance()) {
      if (search.type !== BTRFS_ITEM.rootRef) continue;
      const length = search.view.getUint16(search.itemAt + REF.nameLength, true);
      subvolumes.push({
        tree: Number(search.offset),
        parentTree: search.object,
        directory: search.long(REF.directory),
        name: fromBytes(search.copy(REF.name, length)),
      });
    }
  }
  return subvolumes;
}
