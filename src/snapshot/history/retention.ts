/** Which kept snapshots stay: arithmetic only. */

export interface Retention {
  /** The newest ones. */
  readonly keepLast: number;
  /** The newest of each of so many days, and weeks, that have one. */
  readonly keepDaily: number;
  readonly keepWeekly: number;
  /** All of them together; the newest stays whatever its size. */
  readonly keepBytes: number;
}

/** What is asked of a snapshot here. */
export interface Retained {
  /** Seconds since 1970. */
  readonly takenAt: number;
  readonly fileBytes: number;
}

const DAY_SECONDS = 86_400;
const WEEK_DAYS = 7;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const MONDAY_OFFSET = 3;

/** Those that go, the oldest first. Days and weeks are those of UTC. */
export function expired<T extends Retained>(snapshots: readonly T[], retention: Retention): T[] {
  const newestFirst = snapshots.toSorted((a, b) => b.takenAt - a.takenAt);
  const day = ({ takenAt }: T): number => Math.floor(takenAt / DAY_SECONDS);
  const week = (one: T): number => Math.floor((day(one) + MONDAY_OFFSET) / WEEK_DAYS);
  const wanted = new Set([
    ...newestFirst.slice(0, Math.max(1, retention.keepLast)),
    ...newestOfEach(newestFirst, day).slice(0, retention.keepDaily),
    ...newestOfEach(newestFirst, week).slice(0, retention.keepWeekly),
  ]);
  let bytes = 0;
  const kept = new Set<T>();
  for (const one of newestFirst.filter((snapshot) => wanted.has(snapshot))) {
    bytes += one.fileBytes;
    if (kept.size > 0 && bytes > retention.keepBytes) break;
    kept.add(one);
  }
  return newestFirst.filter((one) => !kept.has(one)).toReversed();
}

function newestOfEach<T>(newestFirst: readonly T[], period: (one: T) => number): T[] {
  return [...Map.groupBy(newestFirst, period).values()].map(([newest]) => newest);
}
