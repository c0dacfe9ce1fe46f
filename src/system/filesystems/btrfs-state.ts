/** What is the same for all subvolumes of a btrfs, and how far what is on disk may be behind what was written. */
import { readFileSync } from 'node:fs';
import type { Libc } from '../calls/libc.ts';

export interface BtrfsState {
  /** The unit in which files take space. */
  readonly sectorBytes: number;
  /** Data that were written and have no place yet (sysfs, allocation/data/bytes_may_use); undefined where sysfs does not say. */
  readonly delayedBytes: number | undefined;
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
  return { sectorBytes: info.readUInt32LE(SECTOR_BYTES_AT), delayedBytes: delayedBytes(fsid) };
}

function delayedBytes(fsid: string): number | undefined {
  try {
    return Number(readFileSync(`/sys/fs/btrfs/${fsid}/allocation/data/bytes_may_use`, 'latin1'));
  } catch {
    return undefined;
  }
}
