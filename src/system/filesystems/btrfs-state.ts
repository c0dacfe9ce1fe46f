/** What is the same for all subvolumes of a btrfs, and how far what is on disk may be behind what was written. */
import { closeSync, readdirSync, readFileSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { Libc } from '../calls/libc.ts';
import { deviceReader, openDevice } from '../ext4/device-reader.ts';

export interface BtrfsState {
  /** The unit in which files take space. */
  readonly sectorBytes: number;
  /** Data that were written and have no place yet (sysfs, allocation/data/bytes_may_use); undefined where sysfs does not say. */
  readonly delayedBytes: number | undefined;
  /** Nothing is in memory only: the trees say all that was written. False also where it cannot be told. */
  readonly isCommitted: boolean;
}

/** _IOR(0x94, 31, 1024 bytes): struct btrfs_ioctl_fs_info_args. */
const FS_INFO = 0x8400_941f;
const FS_INFO_BYTES = 1024;
const FSID_AT = 16;
const SECTOR_BYTES_AT = 36;

/** Undefined where `descriptor` is not on btrfs. */
export function readBtrfsState(libc: Libc, descriptor: number): BtrfsState | undefined {
  const info = Buffer.from(new ArrayBuffer(FS_INFO_BYTES));
  if (libc.ioctl(descriptor, FS_INFO, libc.addressOf(info)) < 0) return undefined;
  const hex = info.toString('hex', FSID_AT, FSID_AT + 16);
  const fsid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
  const delayed = delayedBytes(fsid);
  return {
    sectorBytes: info.readUInt32LE(SECTOR_BYTES_AT),
    delayedBytes: delayed,
    isCommitted:
      delayed === 0 && isAtRest(fsid) && isCommitted(libc, fsid, info.subarray(FSID_AT, FSID_AT + 16)),
  };
}

function delayedBytes(fsid: string): number | undefined {
  const bytes = setting(fsid, 'allocation/data/bytes_may_use');
  return bytes === undefined ? undefined : Number(bytes);
}

/** No data are on their way to a place they were given: what they change is said when they have arrived. */
function isAtRest(fsid: string): boolean {
  return setting(fsid, 'allocation/data/bytes_reserved') === '0';
}

/** struct btrfs_super_block, at 64 KiB of each device: checksum, fsid, place, flags, magic, generation. */
const SUPER_BLOCK = { position: 2 ** 16, bytes: 80, fsid: 32, generation: 72 } as const;

/** A change takes the next generation at once; the super block gets it when the change is committed. */
function isCommitted(libc: Libc, fsid: string, fsidBytes: Uint8Array): boolean {
  const running = setting(fsid, 'generation');
  const device = firstDevice(fsid);
  const opened = device === undefined ? undefined : openDevice({ device, source: '' as ByteString });
  if (running === undefined || !opened) return false;
  try {
    const block = Buffer.from(new ArrayBuffer(SUPER_BLOCK.bytes));
    if (!deviceReader(libc, opened.descriptor).fill(block, SUPER_BLOCK.position)) return false;
    const isSame = block.subarray(SUPER_BLOCK.fsid, SUPER_BLOCK.fsid + 16).equals(fsidBytes);
    return isSame && block.readBigUInt64LE(SUPER_BLOCK.generation) === BigInt(running);
  } finally {
    closeSync(opened.descriptor);
  }
}

/** "major:minor" of a device of the filesystem. */
function firstDevice(fsid: string): string | undefined {
  try {
    const [name] = readdirSync(`${SYSFS}/${fsid}/devices`, 'latin1');
    return setting(fsid, `devices/${name}/dev`);
  } catch {
    return undefined;
  }
}

const SYSFS = '/sys/fs/btrfs';

function setting(fsid: string, name: string): string | undefined {
  try {
    return readFileSync(`${SYSFS}/${fsid}/${name}`, 'latin1').trim();
  } catch {
    return undefined;
  }
}
