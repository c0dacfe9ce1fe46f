/** How long a unit has not been used: the newest timestamp of any file in it decides, and is named. */
import { ageText } from '../model/age.ts';
import type { Timestamp } from '../model/tmp-report.ts';

export interface UnitAge {
  /** Seconds since 1970; undefined where no timestamp counts. */
  readonly lastUsedAt: number | undefined;
  readonly decidedBy: Timestamp | undefined;
  /** Negative for the future. */
  readonly ageMs: number | undefined;
  readonly isStale: boolean;
  /** Why it is not. */
  readonly reason: string | undefined;
  /** It looks old enough by modification alone, but a later timestamp keeps it. */
  readonly looksOld: boolean;
}

/** What happens while units are looked at is after the clock they are judged by. */
const WHILE_JUDGING_MS = 60_000;

const ORDER: readonly Timestamp[] = ['mtime', 'ctime', 'btime', 'atime'];
const verbs: Readonly<Record<Timestamp, string>> = {
  mtime: 'modified',
  ctime: 'changed',
  btime: 'created',
  atime: 'read',
};

/**
 * Judges by systemd's rule (`needs_cleanup` of tmpfiles.c): one timestamp that is not before `now - older` keeps the
 * unit, one exactly there too; where the clock has not come as far as the age itself, nothing goes. Age 0 lets all go.
 */
export function unitAge(
  newest: Readonly<Record<Timestamp, number>>,
  { ageBy, olderMs, nowSeconds }: { ageBy: readonly Timestamp[]; olderMs: number; nowSeconds: number },
): UnitAge {
  let decidedBy: Timestamp | undefined;
  for (const one of ORDER) {
    if (!ageBy.includes(one) || newest[one] === -Infinity) continue;
    if (decidedBy === undefined || newest[one] > newest[decidedBy]) decidedBy = one;
  }
  if (decidedBy === undefined) {
    const unknown = { lastUsedAt: undefined, decidedBy, ageMs: undefined, looksOld: false };
    return olderMs === 0
      ? { ...unknown, isStale: true, reason: undefined }
      : { ...unknown, isStale: false, reason: 'it has none of the timestamps asked for' };
  }
  const lastUsedAt = newest[decidedBy];
  const ageMs = Math.round((nowSeconds - lastUsedAt) * 1000);
  const known = { lastUsedAt, decidedBy, ageMs };
  const cutoff = nowSeconds - olderMs / 1000;
  const isOld = (time: number): boolean => olderMs === 0 || (cutoff > 0 && time < cutoff);
  if (isOld(lastUsedAt)) return { ...known, isStale: true, reason: undefined, looksOld: false };
  const looksOld = decidedBy !== 'mtime' && newest.mtime !== -Infinity && isOld(newest.mtime);
  return { ...known, isStale: false, reason: reasonOf(newest, known, nowSeconds, looksOld), looksOld };
}

function reasonOf(
  newest: Readonly<Record<Timestamp, number>>,
  { decidedBy, ageMs }: { decidedBy: Timestamp; ageMs: number },
  nowSeconds: number,
  looksOld: boolean,
): string {
  if (ageMs < -WHILE_JUDGING_MS) return `its ${decidedBy} lies ${ageText(-ageMs / 1000)} in the future`;
  const since = ageMs < 1000 ? 'just now' : `${ageText(ageMs / 1000)} ago`;
  const lately = `${verbs[decidedBy]} ${since} (${decidedBy})`;
  if (!looksOld) return lately;
  return `looks ${ageText(nowSeconds - newest.mtime)} old by modification, but was ${lately}`;
}
