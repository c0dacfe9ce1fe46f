/** How btrfs has dealt its space out: data, metadata, system and reserve (linux/btrfs.h, BTRFS_IOC_SPACE_INFO). */
import type { ByteString } from '../../model/byte-string.ts';
import { withIoctl } from '../calls/ioctl.ts';

export interface BtrfsSpace {
  /** Used by files' contents, as statfs counts: one copy where data is mirrored. */
  readonly dataBytes: number;
  /** Used by metadata and system chunks and held in reserve for them, counted the same way. */
  readonly metadataBytes: number;
}

/** _IOWR(0x94, 20, 16 bytes). */
const SPACE_INFO = 0xc010_9414;
const HEAD_BYTES = 16;
const SLOT_BYTES = 24;

const DATA = 1n;
/** Reserved in memory for metadata to come; statfs counts all of it as used. */
const GLOBAL_RESERVE = 1n << 49n;
/** Copies by profile: DUP, RAID1 and RAID10 keep two, RAID1C3 three, RAID1C4 four. */
const copies: readonly (readonly [profile: bigint, copies: number])[] = [
  [0x20n, 2],
  [0x10n, 2],
  [0x40n, 2],
  [0x200n, 3],
  [0x400n, 4],
];

/** Undefined where `path` is not on btrfs or the kernel is not asked. */
export function readBtrfsSpace(path: ByteString): BtrfsSpace | undefined {
  return withIoctl(path, (ask) => {
    const head = Buffer.alloc(HEAD_BYTES);
    if (!ask(SPACE_INFO, head)) return undefined;
    const slots = Number(head.readBigUInt64LE(8));
    const answer = Buffer.alloc(HEAD_BYTES + slots * SLOT_BYTES);
    answer.writeBigUInt64LE(BigInt(slots), 0);
    if (!ask(SPACE_INFO, answer)) return undefined;
    let dataBytes = 0;
    let metadataOnDisk = 0;
    let reserveBytes = 0;
    let dataCopies = 1;
    for (let at = HEAD_BYTES; at < answer.length; at += SLOT_BYTES) {
      const flags = answer.readBigUInt64LE(at);
      const totalBytes = Number(answer.readBigUInt64LE(at + 8));
      const usedBytes = Number(answer.readBigUInt64LE(at + 16));
      const kept = copies.find(([profile]) => (flags & profile) !== 0n)?.[1] ?? 1;
      if ((flags & GLOBAL_RESERVE) !== 0n) reserveBytes += totalBytes;
      else if ((flags & DATA) === 0n) metadataOnDisk += usedBytes * kept;
      else {
        dataBytes += usedBytes;
        dataCopies = kept;
      }
    }
    return { dataBytes, metadataBytes: Math.floor(metadataOnDisk / dataCopies) + reserveBytes };
  });
}
