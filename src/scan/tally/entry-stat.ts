/** What a scan needs to know of an entry that is not a directory, whichever call it came from. */
import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { kernelDevice } from '../../model/file-id.ts';

export interface EntryStat {
  mode: number;
  links: number;
  uid: number;
  /** Of 512 bytes. */
  blocks: number;
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  /** major << 20 | minor, as the kernel's own dev_t. */
  device: number;
  inodeLow: number;
  inodeHigh: number;
}

export function emptyEntryStat(): EntryStat {
  return { mode: 0, links: 0, uid: 0, blocks: 0, size: 0, mtime: 0, device: 0, inodeLow: 0, inodeHigh: 0 };
}

/** Fills `entry` from what lstat said of `path`, and asks once more where the inode must be known exactly. */
export function fillFromStats(entry: EntryStat, stat: Stats, path: Buffer): void {
  // Numbers are exact up to 2^53 only; an inode that is to be counted once must be known exactly.
  const inode = stat.nlink > 1 ? lstatSync(path, { bigint: true }).ino : 0n;
  entry.mode = stat.mode;
  entry.links = stat.nlink;
  entry.uid = stat.uid;
  entry.blocks = stat.blocks;
  entry.size = stat.size;
  entry.mtime = Math.floor(stat.mtimeMs / 1000);
  entry.device = kernelDevice(stat.dev);
  entry.inodeLow = Number(inode & 0xffffffffn);
  entry.inodeHigh = Number(inode >> 32n);
}
