/** All inodes of an XFS filesystem, some thousand a call (xfs_fs.h, XFS_IOC_BULKSTAT, Linux 5.5): root only. */
import { BLOCK_BYTES } from '../../model/size.ts';
import type { Libc } from '../calls/libc.ts';
import type { InodeLister } from './inode-lister.ts';

/** _IOR('X', 127, 64 bytes), _IOR('X', 100, 112 bytes). */
const BULKSTAT = 0x8040_587f;
const GEOMETRY = 0x8070_5864;
const HEAD_BYTES = 64;
const RECORD_BYTES = 192;
const RECORDS = 1024;
/** Only inodes of the group that is named. */
const IN_GROUP = 1;
const HIGH_WORD = 2 ** 32;

/** How inode numbers are made. */
export interface XfsGeometry {
  readonly blockBytes: number;
  readonly groups: number;
  /** Most inodes a group could have: its inodes are numbered from `group × groupInodes` on. */
  readonly groupInodes: number;
  /** Whether it says whose a block is (mkfs.xfs -m rmapbt=1). */
  readonly hasOwnerMap: boolean;
}

/** XFS_FSOP_GEOM_FLAGS_RMAPBT. */
const FLAGS = { at: 92, ownerMap: 1 << 19 } as const;

/** Undefined where the descriptor's filesystem does not say. */
export function readXfsGeometry(libc: Libc, descriptor: number): XfsGeometry | undefined {
  const geometry = Buffer.from(new ArrayBuffer(112));
  if (libc.ioctl(descriptor, GEOMETRY, libc.addressOf(geometry)) < 0) return undefined;
  const blockBytes = geometry.readUInt32LE(0);
  const groupBlocks = geometry.readUInt32LE(8);
  const groupInodes = 2 ** Math.ceil(Math.log2(groupBlocks)) * (blockBytes / geometry.readUInt32LE(24));
  const flags = geometry.readUInt32LE(FLAGS.at);
  return {
    blockBytes,
    groups: geometry.readUInt32LE(12),
    groupInodes,
    hasOwnerMap: (flags & FLAGS.ownerMap) !== 0,
  };
}

/** Reads the inodes of a filesystem, a group at a time. */
export class XfsBulkstat implements InodeLister {
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #sectorsPerBlock: number;
  readonly #words = new Uint32Array(new ArrayBuffer(HEAD_BYTES + RECORDS * RECORD_BYTES));
  readonly #at: number;
  #base = 0;

  constructor(libc: Libc, descriptor: number, { blockBytes }: XfsGeometry) {
    this.#libc = libc;
    this.#sectorsPerBlock = blockBytes / BLOCK_BYTES;
    this.#descriptor = descriptor;
    this.#at = libc.addressOf(new Uint8Array(this.#words.buffer));
  }

  begin(group: number): void {
    this.#words.fill(0, 0, HEAD_BYTES / 4);
    this.#words[2] = IN_GROUP;
    this.#words[3] = RECORDS;
    this.#words[5] = group;
  }

  /** Ends also where the kernel does not tell. */
  next(found: () => void): boolean {
    if (this.#libc.ioctl(this.#descriptor, BULKSTAT, this.#at) < 0) return false;
    const count = this.#words[4];
    for (let index = 0; index < count; index++) {
      this.#base = (HEAD_BYTES + index * RECORD_BYTES) / 4;
      found();
    }
    return count > 0;
  }

  get inode(): number {
    return this.#long(0);
  }
  get size(): number {
    return this.#long(8);
  }
  get blocks(): number {
    return this.#long(16) * this.#sectorsPerBlock;
  }
  get mtime(): number {
    return this.#signed(40);
  }
  get ctime(): number {
    return this.#signed(48);
  }
  /** Together with its number what a file handle holds. */
  get generation(): number {
    return this.#words[this.#base + 64 / 4];
  }
  /** Of its contents. */
  get extents(): number {
    return this.#words[this.#base + 116 / 4];
  }
  get uid(): number {
    return this.#words[this.#base + 68 / 4];
  }
  get links(): number {
    return this.#words[this.#base + 112 / 4];
  }
  /** Data inside the inode hide the blocks of attributes beside it. */
  get isCertain(): boolean {
    const attributeExtents = this.#words[this.#base + 120 / 4];
    return attributeExtents === 0 || this.#long(16) > 0;
  }
  get mode(): number {
    return this.#words[this.#base + 132 / 4] & 0xffff;
  }

  /** They are not told. */
  readonly names = undefined;

  #long(at: number): number {
    return this.#words[this.#base + at / 4] + this.#words[this.#base + at / 4 + 1] * HIGH_WORD;
  }

  #signed(at: number): number {
    return this.#words[this.#base + at / 4] + (this.#words[this.#base + at / 4 + 1] | 0) * HIGH_WORD;
  }
}
