/** Parts of a file that were never written, as fallocate(2) reserves them, and those that others have as well. */
import { closeSync, constants, openSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';

/** FS_IOC_FIEMAP and its structures: include/uapi/linux/fiemap.h, Documentation/filesystems/fiemap.rst. */
const FIEMAP = 0xc020_660b;
const HEADER_BYTES = 32;
const EXTENT_BYTES = 56;
const EXTENTS_PER_CALL = 512;
/** A file in more pieces than this is not looked at to its end. */
const MOST_CALLS = 32;
const LAST = 0x1;
const ENCODED = 0x8;
const UNWRITTEN = 0x800;
const SHARED = 0x2000;
const SEEK_DATA = 3;
const SEEK_HOLE = 4;

/** Bytes reserved and not written, or undefined where nobody can tell: another system, a filesystem without extents. */
export function unwrittenBytes(path: ByteString): number | undefined {
  let sum = 0;
  const isTold = withExtents(path, (libc, descriptor, { start, length, flags }) => {
    if ((flags & UNWRITTEN) !== 0) sum += length - dataBytes(libc, descriptor, start, start + length);
    return true;
  });
  return isTold ? sum : undefined;
}

/** Bytes that lie together on the disk; on btrfs `start` is its own kind of address. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** What of a file's bytes does not come back, or not as many, when it is deleted. */
export interface HeldExtents {
  /** Where those lie that something else has as well: a snapshot, a copy that was made by reference. */
  readonly shared: readonly Stretch[];
  /** Bytes of the file that are compressed: on disk they take less. */
  readonly compressedBytes: number;
}

/** As far as was seen until then; nothing where nobody can tell. @param deadline of performance.now(). */
export function heldExtents(path: ByteString, deadline: number): HeldExtents {
  const shared: Stretch[] = [];
  const addStretch = addShared(shared, deadline);
  let compressedBytes = 0;
  withExtents(path, (libc, descriptor, extent) => {
    // btrfs calls compressed extents encoded, and those in its metadata as well, which have no place.
    if ((extent.flags & ENCODED) !== 0) compressedBytes += extent.length;
    return addStretch(libc, descriptor, extent);
  });
  return { shared, compressedBytes };
}

/** The same of an open file, for whoever must know all of them: undefined where not all were told in time. */
export function allSharedStretches(libc: Libc, descriptor: number, deadline: number): Stretch[] | undefined {
  const stretches: Stretch[] = [];
  return visitExtents(libc, descriptor, addShared(stretches, deadline)) === 'all' ? stretches : undefined;
}

function addShared(stretches: Stretch[], deadline: number): Visit {
  return (_libc, _descriptor, { physical, length, flags }) => {
    if ((flags & SHARED) !== 0) stretches.push({ start: physical, length });
    return performance.now() < deadline;
  };
}

interface Extent {
  readonly start: number;
  readonly physical: number;
  readonly length: number;
  readonly flags: number;
}

/** Whether to go on. */
type Visit = (libc: Libc, descriptor: number, extent: Extent) => boolean;

/** Shows the extents of a file until `visit` says no; false where they are not told. */
function withExtents(path: ByteString, visit: Visit): boolean {
  const libc = loadLibc();
  if (libc === undefined) return false;
  let descriptor: number;
  try {
    descriptor = openSync(toBuffer(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    return visitExtents(libc, descriptor, visit) !== 'none';
  } finally {
    closeSync(descriptor);
  }
}

/** For one file at a time. */
const memory = new DataView(new ArrayBuffer(HEADER_BYTES + EXTENTS_PER_CALL * EXTENT_BYTES));

/** How many of them were shown. */
function visitExtents(libc: Libc, descriptor: number, visit: Visit): 'all' | 'some' | 'none' {
  const at = libc.addressOf(new Uint8Array(memory.buffer));
  let start = 0n;
  for (let call = 0; call < MOST_CALLS; call++) {
    memory.setBigUint64(0, start, true);
    memory.setBigUint64(8, 2n ** 64n - 1n - start, true);
    // No FIEMAP_FLAG_SYNC: looking must not make the disk write.
    memory.setUint32(16, 0, true);
    memory.setUint32(20, 0, true);
    memory.setUint32(24, EXTENTS_PER_CALL, true);
    memory.setUint32(28, 0, true);
    if (libc.ioctl(descriptor, FIEMAP, at) < 0) return call > 0 ? 'some' : 'none';
    const mapped = memory.getUint32(20, true);
    if (mapped === 0) return 'all';
    for (let index = 0; index < mapped; index++) {
      const extent = HEADER_BYTES + index * EXTENT_BYTES;
      const logical = Number(memory.getBigUint64(extent, true));
      const physical = Number(memory.getBigUint64(extent + 8, true));
      const length = Number(memory.getBigUint64(extent + 16, true));
      const flags = memory.getUint32(extent + 40, true);
      const isWanted = visit(libc, descriptor, { start: logical, physical, length, flags });
      if ((flags & LAST) !== 0) return 'all';
      if (!isWanted) return 'some';
      start = BigInt(logical + length);
    }
  }
  return 'some';
}

/** What was written into a reserved part but did not reach the disk yet: extents do not show it, lseek(2) does. */
function dataBytes(libc: Libc, descriptor: number, from: number, to: number): number {
  let sum = 0;
  for (let at = from, call = 0; at < to && call < MOST_CALLS; call++) {
    const data = libc.lseek(descriptor, at, SEEK_DATA);
    if (data < 0 || data >= to) return sum;
    const end = libc.lseek(descriptor, data, SEEK_HOLE);
    if (end < 0) return sum;
    sum += Math.min(end, to) - data;
    at = end;
  }
  return sum;
}
