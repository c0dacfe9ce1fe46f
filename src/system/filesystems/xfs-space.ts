/** What XFS keeps for itself (xfs_fs.h, linux/fsmap.h): blocks set aside, inode chunks, the headers of allocation groups. */
import type { ByteString } from '../../model/byte-string.ts';
import { withIoctl } from '../calls/ioctl.ts';
import type { Ask } from '../calls/ioctl.ts';

export interface XfsSpace {
  /** Free on disk; statfs says less free, the difference being set aside for metadata to come. */
  readonly freeBytes: number;
  /** Chunks of inodes, used or not: XFS makes them as it needs them and statfs counts them as used. */
  readonly inodeBytes: number;
  /** Headers and roots of trees, at least. */
  readonly groupBytes: number;
}

/** _IOR('X', 100, 112 bytes), _IOR('X', 113, 32 bytes), _IOWR('X', 59, 192 bytes). */
const GEOMETRY = 0x8070_5864;
const COUNTS = 0x8020_5871;
const FSMAP = 0xc0c0_583b;

/** Four headers share a block with small sectors; behind them the roots of five trees and four blocks for their growth. */
const BLOCKS_PER_GROUP = 1 + 5 + 4;

/** Undefined where `path` is not on XFS, or its free space is in too many pieces to be counted in passing. */
export function readXfsSpace(path: ByteString): XfsSpace | undefined {
  return withIoctl(path, (ask) => {
    const geometry = Buffer.alloc(112);
    const counts = Buffer.alloc(32);
    if (!ask(GEOMETRY, geometry) || !ask(COUNTS, counts)) return undefined;
    const blockBytes = geometry.readUInt32LE(0);
    const groups = geometry.readUInt32LE(12);
    const sizeOfInode = geometry.readUInt32LE(24);
    const freeBytes = countFree(ask);
    if (freeBytes === undefined) return undefined;
    return {
      freeBytes,
      inodeBytes: Number(counts.readBigUInt64LE(24)) * sizeOfInode,
      groupBytes: groups * BLOCKS_PER_GROUP * blockBytes,
    };
  });
}

const HEAD_BYTES = 192;
const RECORD_BYTES = 64;
const RECORDS = 4096;
/** More pieces than this take longer than the answer is worth: about a tenth of a second. */
const MOST_RECORDS = 400_000;
const KEYS = 64;
const SPECIAL_OWNER = 0x10;
const LAST = 0x20;
const OWN_FREE = 1n;

/** Adds up the free extents of the data device. */
function countFree(ask: Ask): number | undefined {
  const buffer = Buffer.alloc(HEAD_BYTES + RECORDS * RECORD_BYTES);
  buffer.writeUInt32LE(RECORDS, 8);
  // From the first record possible to the last.
  buffer.fill(0xff, KEYS + RECORD_BYTES, KEYS + RECORD_BYTES + 32);
  let freeBytes = 0;
  for (let seen = 0; seen < MOST_RECORDS;) {
    if (!ask(FSMAP, buffer)) return undefined;
    const count = buffer.readUInt32LE(12);
    if (count === 0) return freeBytes;
    seen += count;
    let flags = 0;
    for (let index = 0; index < count; index++) {
      const at = HEAD_BYTES + index * RECORD_BYTES;
      flags = buffer.readUInt32LE(at + 4);
      const isFree = (flags & SPECIAL_OWNER) !== 0 && buffer.readBigUInt64LE(at + 16) === OWN_FREE;
      if (isFree) freeBytes += Number(buffer.readBigUInt64LE(at + 32));
    }
    if ((flags & LAST) !== 0) return freeBytes;
    // The last record is where the next answer goes on.
    buffer.copyWithin(KEYS, HEAD_BYTES + (count - 1) * RECORD_BYTES, HEAD_BYTES + count * RECORD_BYTES);
  }
  return undefined;
}
