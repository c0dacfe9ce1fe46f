/** Whose a stretch of an XFS is, as its map of owners says (linux/fsmap.h; mkfs.xfs -m rmapbt=1): root only. */
import type { Libc } from '../calls/libc.ts';
import type { SharedOwners } from './shared-owners.ts';

/** _IOWR('X', 59, 192 bytes): struct fsmap_head, behind it records of 64 bytes. */
const FSMAP = 0xc0c0_583b;
const HEAD_BYTES = 192;
const RECORD_BYTES = 64;
/** A stretch in more pieces, or of more files, is not gone through. */
const RECORDS = 512;
const HEAD = { records: 8, found: 12, from: 64, to: 128 } as const;
const RECORD = { device: 0, flags: 4, position: 8, owner: 16 } as const;
const SPECIAL_OWNER = 0x10;

export class XfsOwners implements SharedOwners {
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #device: number;
  readonly #memory = Buffer.from(new ArrayBuffer(HEAD_BYTES + RECORDS * RECORD_BYTES));

  /** @param descriptor anything open on the filesystem. @param device "major:minor" of its disk. */
  constructor(libc: Libc, descriptor: number, device: string) {
    const [major, minor] = device.split(':').map(Number);
    this.#libc = libc;
    this.#descriptor = descriptor;
    // new_encode_dev of linux/kdev_t.h.
    this.#device = ((minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12)) >>> 0;
  }

  inodesOf(start: number, length: number): ReadonlySet<number> | undefined {
    const memory = this.#memory.fill(0, 0, HEAD_BYTES);
    memory.writeUInt32LE(RECORDS, HEAD.records);
    memory.writeUInt32LE(this.#device, HEAD.from + RECORD.device);
    memory.writeBigUInt64LE(BigInt(start), HEAD.from + RECORD.position);
    // Whatever owner, offset and flags: all of the last block.
    memory.fill(0xff, HEAD.to, HEAD.to + 32);
    memory.writeUInt32LE(this.#device, HEAD.to + RECORD.device);
    memory.writeBigUInt64LE(BigInt(start + length - 1), HEAD.to + RECORD.position);
    if (this.#libc.ioctl(this.#descriptor, FSMAP, this.#libc.addressOf(memory)) < 0) return undefined;
    const found = memory.readUInt32LE(HEAD.found);
    if (found === 0 || found >= RECORDS) return undefined;
    const inodes = new Set<number>();
    for (let at = HEAD_BYTES; at < HEAD_BYTES + found * RECORD_BYTES; at += RECORD_BYTES) {
      if ((memory.readUInt32LE(at + RECORD.flags) & SPECIAL_OWNER) !== 0) return undefined;
      inodes.add(Number(memory.readBigUInt64LE(at + RECORD.owner)));
    }
    return inodes;
  }
}
