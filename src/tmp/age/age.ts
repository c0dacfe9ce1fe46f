/** How long a unit has not been used: the newest timestamp of any file in it decides, and is named. */
import type { Timestamp, TmpReason } from '../../model/tmp-reason.ts';

export interface UnitAge {
  /** Seconds since 1970; undefined where no timestamp counts. */
  readonly lastUsedAt: number | undefined;
  readonly decidedBy: Timestamp | undefined;
  /** Negative for the future. */
  readonly ageMs: number | undefined;
  /** Why it is too new; undefined for what is old enough. */
  readonly tooNew: TmpReason | undefined;
  /** It looks old enough by modification alone, but a later timestamp keeps it. */
  readonly looksOld: boolean;
}

/** What happens while units are looked at is after the clock they are judged by. */
const WHILE_JUDGING_MS = 60_000;

const ORDER: readonly Timestamp[] = ['mtime', 'ctime', 'btime', 'atime'];

/**
 * Judges by systemd's rule (`needs_cleanup` of tmpfiles.c): one timestamp that is not before `now - older` keeps the
 * unit, one exactly there too; where the clock has not come as far as the age itself, nothing goes. Age 0 lets all go.
 * @param isUnfinished the unit was judged before, and its last file may be gone since: then nothing is left to judge by.
 */
export function unitAge(
  newest: Readonly<Record<Timestamp, number>>,
  { ageBy, olderMs, nowSeconds }: { ageBy: readonly Timestamp[]; olderMs: number; nowSeconds: number },
  isUnfinished = false,
): UnitAge {
  let decidedBy: Timestamp | undefined;
  for (const one of ORDER) {
    if (!ageBy.includes(one) || newest[one] === -Infinity) continue;
    if (decidedBy === undefined || newest[one] > newest[decidedBy]) decidedBy = one;
  }
  if (decidedBy === undefined) {
    const tooNew: TmpReason | undefined =
      olderMs === 0 || isUnfinished ? undefined : { code: 'no-timestamp' };
    return { lastUsedAt: undefined, decidedBy, ageMs: undefined, tooNew, looksOld: false };
  }
  const lastUsedAt = newest[decidedBy];
  const ageMs = Math.round((nowSeconds - lastUsedAt) * 1000);
  const known = { lastUsedAt, decidedBy, ageMs };
  const cutoff = nowSeconds - olderMs / 1000;
  const isOld = (time: number): boolean => olderMs === 0 || (cutoff > 0 && time < cutoff);
  if (isOld(lastUsedAt)) return { ...known, tooNew: undefined, looksOld: false };
  const looksOld = decidedBy !== 'mtime' && newest.mtime !== -Infinity && isOld(newest.mtime);
  const looksOldMs = looksOld ? Math.round((nowSeconds - newest.mtime) * 1000) : undefined;
  const tooNew: TmpReason =
    ageMs < -WHILE_JUDGING_MS
      ? { code: 'future', decidedBy, aheadMs: -ageMs }
      : { code: 'too-new', decidedBy, ageMs, looksOldMs };
  return { ...known, tooNew, looksOld };
}
