/** Reads a block device through its page cache, which is where the kernel's own ext4 keeps its metadata; never writes. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';

/** What it takes to read single structures. */
export interface FillFromDevice {
  /** Fills `target` from `position` on; false where the device ends or fails before. */
  readonly fill: (target: Uint8Array, position: number) => boolean;
}

/** Reads an open device. */
export interface DeviceReader extends FillFromDevice {
  /** Fills `length` bytes of memory from `position` on; false where the device ends or fails before. */
  readonly toAddress: (address: number, length: number, position: number) => boolean;
  /** Asks for bytes to be brought into memory, without waiting for them. */
  readonly announce: (position: number, length: number) => void;
  /** Where memory lies: it does not move while a reference to it is kept. */
  readonly addressOf: (view: Uint8Array) => number;
}

/** A device that is open for reading. */
export interface OpenDevice {
  readonly descriptor: number;
  readonly bytes: number;
}

/**
 * Opens the disk that is mounted: as sysfs names it, or where there is no sysfs as it was named when it was mounted.
 * Undefined where there is none here, or it may not be read (containers, not root). The caller closes it.
 */
export function openDevice({ device, source }: Pick<Mount, 'device' | 'source'>): OpenDevice | undefined {
  for (const place of [nodeOf(device), source]) {
    const descriptor = place?.startsWith('/') ? openNode(place, device) : -1;
    if (descriptor < 0) continue;
    const bytes = sizeOf(descriptor);
    if (bytes !== undefined) return { descriptor, bytes };
    closeSync(descriptor);
  }
  return undefined;
}

/** Where the disk "major:minor" has its node, as sysfs says. */
function nodeOf(device: string): ByteString | undefined {
  try {
    const event = readFileSync(`/sys/dev/block/${device}/uevent`, 'latin1');
    const name = /^DEVNAME=(.+)$/mu.exec(event)?.[1];
    return name === undefined ? undefined : (`/dev/${name}` as ByteString);
  } catch {
    return undefined;
  }
}

/** Opens a node if it is that disk's, and nothing else; -1 where it is not, or may not be read. */
function openNode(node: ByteString, device: string): number {
  let descriptor = -1;
  const isDisk = (stat: BigIntStats): boolean => stat.isBlockDevice() && deviceText(stat.rdev) === device;
  try {
    // Opening another kind of device may do something.
    if (!isDisk(statSync(toBuffer(node), { bigint: true }))) return -1;
    descriptor = openSync(toBuffer(node), constants.O_RDONLY | constants.O_NONBLOCK);
    if (isDisk(fstatSync(descriptor, { bigint: true }))) return descriptor;
  } catch {
    // No node, or not allowed.
  }
  if (descriptor >= 0) closeSync(descriptor);
  return -1;
}

/** _IOR(0x12, 114, size_t): BLKGETSIZE64 of linux/fs.h. */
const GET_SIZE = 0x8008_1272;

function sizeOf(descriptor: number): number | undefined {
  const libc = loadLibc();
  const bytes = Buffer.from(new ArrayBuffer(8));
  if (!libc || libc.ioctl(descriptor, GET_SIZE, libc.addressOf(bytes)) < 0) return undefined;
  return Number(bytes.readBigUInt64LE(0));
}

/** Whether the ext4 driver has the disk mounted: another one would keep directories where this program cannot see. */
export function isMountedByExt4(device: string): boolean {
  return ext4Fact(device, 'delayed_allocation_blocks') !== undefined;
}

/** Blocks that were written and have no place on disk yet (Documentation/ABI/testing/sysfs-fs-ext4); 0 where unknown. */
export function delayedBlocks(device: string): number {
  return Number(ext4Fact(device, 'delayed_allocation_blocks') ?? 0);
}

/** Reads through `descriptor`. Signals cut no read short: Node's are handled by another thread. */
export function deviceReader(libc: Libc, descriptor: number): DeviceReader {
  const toAddress: DeviceReader['toAddress'] = (at, length, position) => {
    let done = 0;
    while (done < length) {
      const read = libc.pread(descriptor, at + done, length - done, position + done);
      if (read <= 0) return false;
      done += read;
    }
    return true;
  };
  const { addressOf } = libc;
  return {
    toAddress,
    fill: (target, position) => toAddress(addressOf(target), target.length, position),
    announce: (position, length) => {
      libc.fadvise(descriptor, position, length, WILL_NEED);
    },
    addressOf,
  };
}

/** POSIX_FADV_WILLNEED. */
const WILL_NEED = 3;

/** Reads through `descriptor` with Node alone, for those who need no speed. */
export function readDescriptor(descriptor: number): FillFromDevice {
  return {
    fill: (target, position) => {
      try {
        return readSync(descriptor, target, 0, target.length, position) === target.length;
      } catch {
        return false;
      }
    },
  };
}

function ext4Fact(device: string, name: string): string | undefined {
  try {
    const disk = path.basename(realpathSync(`/sys/dev/block/${device}`));
    return readFileSync(`/sys/fs/ext4/${disk}/${name}`, 'latin1');
  } catch {
    return undefined;
  }
}

/** "major:minor" of what stat(2) calls st_rdev. */
function deviceText(rdev: bigint): string {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
