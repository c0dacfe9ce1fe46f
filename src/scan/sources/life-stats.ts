/** Signs of life from node:fs, for the source that has no statx of its own. */
import type { BigIntStats } from 'node:fs';
import type { EntryTimes } from '../tally/tally.ts';

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

/** Negative times count down from a whole second, as struct timespec does. */
function floorSeconds(nanoseconds: bigint): bigint {
  const whole = nanoseconds / NANOSECONDS;
  return nanoseconds < 0n && whole * NANOSECONDS !== nanoseconds ? whole - 1n : whole;
}

function seconds(nanoseconds: bigint): number {
  const whole = floorSeconds(nanoseconds);
  return Number(whole) + Number(nanoseconds - whole * NANOSECONDS) / 1e9;
}
