/** How fast a loop's rounds come, how evenly, and whether they still do. */
import type { Rhythm } from '../times/cadence.ts';
import type { Rounds } from '../patterns/recent-sequence.ts';
import type { Template } from '../patterns/template.ts';

interface Paced {
  readonly template: Template;
  readonly rhythm: Rhythm | null;
}

export interface Pace {
  /** Typical seconds from one round to the next. */
  readonly everySeconds: number;
  /** As `Rhythm.variation`; null where there were too few rounds to tell. */
  readonly variation: number | null;
  readonly rounds: number;
  /** Time of the first and the last round, seconds since 1970. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * Rounds that come more rarely neither fill a disk nor keep a processor: a back-off of Kubernetes ends at five minutes,
 * one of most clients at ten.
 */
const SLOWEST_SECONDS = 900;
/** Above, pauses differ so much that only their mean can be told. */
export const STEADY = 0.6;
/** It has ended when so many rounds failed to come, and no sooner than so many seconds. */
const MISSED_ROUNDS = 10;
const MISSED_SECONDS = 120;

/** The pattern whose rhythm is the round's: the steadiest of those that are steady at all, else the anchor. */
export function steadiest<P extends Paced>(anchor: P | null, mates: readonly P[]): P | null {
  const steady = mates
    .filter(({ rhythm }) => rhythm !== null && rhythm.variation < STEADY)
    .toSorted((a, b) => a.rhythm!.variation - b.rhythm!.variation);
  return steady[0] ?? anchor;
}

/** Null where lines have no times, or all the same. */
export function paceOf(anchor: Paced | null, mates: readonly Paced[], rounds: Rounds | null): Pace | null {
  const pattern = steadiest(anchor, mates);
  if (pattern === null) return null;
  const { template, rhythm } = pattern;
  const { first, last } = template.cadence;
  if (!(last > first)) return null;
  const count = rhythm === null ? (rounds?.count ?? template.count) : template.count;
  return {
    everySeconds: rhythm?.everySeconds ?? (last - first) / Math.max(1, count - 1),
    variation: rhythm?.variation ?? null,
    rounds: rounds === null ? template.count : Math.max(rounds.count + 1, 1),
    fromSeconds: first,
    toSeconds: last,
  };
}

export function isTooSlow(pace: Pace | null): pace is Pace {
  return pace !== null && pace.everySeconds > SLOWEST_SECONDS;
}

/** Whether a round should have come since. @param nowSeconds the latest time known: the log's last line, or the clock. */
export function hasEnded({ everySeconds, toSeconds }: Pace, nowSeconds: number): boolean {
  return nowSeconds - toSeconds > Math.max(MISSED_SECONDS, MISSED_ROUNDS * everySeconds);
}
