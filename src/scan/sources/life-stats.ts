/** Signs of life from node:fs, for the source that has no statx of its own. */
import { lstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { fileIdOfStats, inodeParts } from '../../model/file-id.ts';
import type { EntryTimes, LifeTally } from '../tally/tally.ts';

const NANOSECONDS = 1_000_000_000n;

/** Node gives the ctime or 1970 where the filesystem has no birth time: both say nothing that ctime does not. */
export function timesOf(stat: BigIntStats): EntryTimes {
  return {
    exactMtime: seconds(stat.mtimeNs),
    exactCtime: seconds(stat.ctimeNs),
    exactAtime: seconds(stat.atimeNs),
    birth: seconds(stat.birthtimeNs) || undefined,
  };
}

/** Whether a tree that is asked about begins at this directory. Numbers of Stats are exact up to 2^53 only. */
export function isTop(path: Buffer, life: LifeTally): boolean {
  try {
    const { device, inodeHigh, inodeLow } = inodeParts(fileIdOfStats(lstatSync(path, { bigint: true })));
    return life.isTop(device, inodeHigh, inodeLow);
  } catch {
    // Gone: nothing will be read of it.
    return false;
  }
}

/** Negative times count down from a whole second, as struct timespec does. */
function floorSeconds(nanoseconds: bigint): bigint {
  const whole = nanoseconds / NANOSECONDS;
  return nanoseconds < 0n && whole * NANOSECONDS !== nanoseconds ? whole - 1n : whole;
}

function seconds(nanoseconds: bigint): number {
  const whole = floorSeconds(nanoseconds);
  return Number(whole) + Number(nanoseconds - whole * NANOSECONDS) / 1e9;
}
