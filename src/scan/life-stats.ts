/** Signs of life from node:fs, for the source that has no statx of its own. */
import type { BigIntStats } from 'node:fs';
import { IDENTITY_WORD } from '../model/entry-digest.ts';
import { kernelDevice } from '../model/file-id.ts';
import type { EntryTimes } from './life-tally.ts';

const HALF = 0xffff_ffffn;
const NANOSECONDS = 1_000_000_000n;

/** Puts what lstat said into `identity`; the parent's words stay. */
export function copyStats(identity: Uint32Array, stat: BigIntStats): void {
  const [mtime, ctime] = [floorSeconds(stat.mtimeNs), floorSeconds(stat.ctimeNs)];
  identity[IDENTITY_WORD.device] = kernelDevice(Number(stat.dev));
  identity[IDENTITY_WORD.inodeLow] = Number(stat.ino & HALF);
  identity[IDENTITY_WORD.inodeHigh] = Number(stat.ino >> 32n);
  identity[IDENTITY_WORD.mode] = Number(stat.mode);
  identity[IDENTITY_WORD.uid] = Number(stat.uid);
  identity[IDENTITY_WORD.links] = Number(stat.nlink);
  identity[IDENTITY_WORD.sizeLow] = Number(stat.size & HALF);
  identity[IDENTITY_WORD.sizeHigh] = Number(stat.size >> 32n);
  identity[IDENTITY_WORD.mtimeLow] = Number(mtime & HALF);
  identity[IDENTITY_WORD.mtimeHigh] = Number((mtime >> 32n) & HALF);
  identity[IDENTITY_WORD.mtimeNanoseconds] = Number(stat.mtimeNs - mtime * NANOSECONDS);
  identity[IDENTITY_WORD.ctimeLow] = Number(ctime & HALF);
  identity[IDENTITY_WORD.ctimeHigh] = Number((ctime >> 32n) & HALF);
  identity[IDENTITY_WORD.ctimeNanoseconds] = Number(stat.ctimeNs - ctime * NANOSECONDS);
}

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
