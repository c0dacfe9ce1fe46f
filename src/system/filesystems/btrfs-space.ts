/** How btrfs has dealt its space out: data, metadata, system and reserve (linux/btrfs.h, BTRFS_IOC_SPACE_INFO). */
import type { ByteString } from '../../model/byte-string.ts';
import { withIoctl } from '../calls/ioctl.ts';
import type { Ask } from '../calls/ioctl.ts';

export interface BtrfsSpace {
  /** Used by files' contents, as statfs counts: one copy where data is mirrored. */
  readonly dataBytes: number;
  /** Used by metadata and system chunks and held in reserve for them, counted the same way. */
  readonly metadataBytes: number;
  /** One copy of the metadata: inodes, names, extents and checksums. */
  readonly inodeBytes: number;
  readonly chunks: BtrfsChunks;
}

/** What was dealt out to chunks, on disk and with all copies, and what of it is used. */
export interface BtrfsChunks {
  readonly dataTotalBytes: number;
  readonly dataUsedBytes: number;
  readonly metadataTotalBytes: number;
  /** The reserve that only deleting may use counts as used. */
  readonly metadataUsedBytes: number;
  /** Not dealt out yet, over all devices; undefined where the kernel does not say. */
  readonly unallocatedBytes: number | undefined;
}

/** _IOWR(0x94, 20, 16 bytes). */
const SPACE_INFO = 0xc010_9414;
const HEAD_BYTES = 16;
const SLOT_BYTES = 24;

const DATA = 1n;
const METADATA = 4n;
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
    let inodeBytes = 0;
    let dataCopies = 1;
    const chunks = { dataTotalBytes: 0, dataUsedBytes: 0, metadataTotalBytes: 0, metadataUsedBytes: 0 };
    for (let at = HEAD_BYTES; at < answer.length; at += SLOT_BYTES) {
      const flags = answer.readBigUInt64LE(at);
      const totalBytes = Number(answer.readBigUInt64LE(at + 8));
      const usedBytes = Number(answer.readBigUInt64LE(at + 16));
      const kept = copies.find(([profile]) => (flags & profile) !== 0n)?.[1] ?? 1;
      if ((flags & GLOBAL_RESERVE) !== 0n) reserveBytes += totalBytes;
      else if ((flags & DATA) === 0n) {
        metadataOnDisk += usedBytes * kept;
        if ((flags & METADATA) !== 0n) {
          inodeBytes += usedBytes;
          chunks.metadataTotalBytes += totalBytes * kept;
          chunks.metadataUsedBytes += usedBytes * kept;
        }
      } else {
        dataBytes += usedBytes;
        dataCopies = kept;
        chunks.dataTotalBytes += totalBytes * kept;
        chunks.dataUsedBytes += usedBytes * kept;
      }
    }
    chunks.metadataUsedBytes += reserveBytes;
    const metadataBytes = Math.floor(metadataOnDisk / dataCopies) + reserveBytes;
    return {
      dataBytes,
      metadataBytes,
      inodeBytes,
      chunks: { ...chunks, unallocatedBytes: unallocated(ask) },
    };
  });
}

/** _IOR(0x94, 31, 1024 bytes): max_id and num_devices come first. */
const FS_INFO = 0x8400_941f;
const FS_INFO_BYTES = 1024;
/** _IOWR(0x94, 30, 4096 bytes): devid, uuid[16], bytes_used, total_bytes. */
const DEV_INFO = 0xd000_941e;
const DEV_INFO_BYTES = 4096;
const MOST_DEVICES = 1024n;

/** What no chunk has, over all devices that answer (btrfs_ioctl_dev_info_args). */
function unallocated(ask: Ask): number | undefined {
  const info = Buffer.alloc(FS_INFO_BYTES);
  if (!ask(FS_INFO, info)) return undefined;
  const last = info.readBigUInt64LE(0);
  let bytes = 0;
  for (let device = 1n; device <= last && device <= MOST_DEVICES; device++) {
    const one = Buffer.alloc(DEV_INFO_BYTES);
    one.writeBigUInt64LE(device, 0);
    if (ask(DEV_INFO, one)) bytes += Number(one.readBigUInt64LE(32) - one.readBigUInt64LE(24));
  }
  return bytes;
}
