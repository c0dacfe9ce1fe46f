/** What is written down of an entry, whichever call it came from. */
import type { BigIntStats } from 'node:fs';
import { kernelDevice } from '../../model/file-id.ts';

/** What is recorded of an entry. */
export interface RecordedStat {
  readonly mode: number;
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
  /** Of 512 bytes. */
  readonly blocks: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** major << 20 | minor, as the kernel's own dev_t. */
  readonly device: number;
  readonly inodeLow: number;
  readonly inodeHigh: number;
}

/** From what node:fs looked at with `bigint: true`. */
export function recordedStat(stat: BigIntStats): RecordedStat {
  return {
    mode: Number(stat.mode),
    links: Number(stat.nlink),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    blocks: Number(stat.blocks),
    size: Number(stat.size),
    mtime: Math.floor(Number(stat.mtimeMs) / 1000),
    device: kernelDevice(Number(stat.dev)),
    inodeLow: Number(stat.ino & 0xffff_ffffn),
    inodeHigh: Number(stat.ino >> 32n),
  };
}
