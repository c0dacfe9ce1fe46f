/** When nothing will be free any more, from what was free until now. Arithmetic only: no clock, no disk. */
import type { FreeHistory, FreeSample } from './free-history.ts';
import { sawtoothOf, troughsOf } from './sawtooth.ts';
import { keepsGoing, trendOf } from './trend.ts';
import type { Trend } from './trend.ts';

interface SecondsLeft {
  readonly soonest: number;
  readonly latest: number;
}

export interface Forecast {
  /** Consumed per second now; negative where space comes back, 0 where too little is known. */
  readonly rate: number;
  /** Undefined where it is not filling. */
  readonly left: SecondsLeft | undefined;
}

/** A forecast needs so many seconds of the short window, and of the long one. */
const SHORT_NEEDS = 4;
const LONG_NEEDS = 120;
/** The last minute alone is believed once it has been so for this long. */
const HELD_SECONDS = 30;
/** A truncation that is late by this much of its period may never come. */
const OVERDUE = 1.5;
/** Further away than this is not filling. */
const FAR_SECONDS = 365 * 86_400;

export function forecast(history: FreeHistory): Forecast {
  const { short, long } = history;
  const now = covers(short, SHORT_NEEDS) ? trendOf(short) : undefined;
  if (!now) return { rate: 0, left: undefined };
  return { rate: now.rate, left: within(secondsLeft(short, long, now)) };
}

function secondsLeft(
  short: readonly FreeSample[],
  long: readonly FreeSample[],
  now: Trend,
): SecondsLeft | undefined {
  const { free } = short.at(-1)!;
  if (free <= 0) return { soonest: 0, latest: 0 };
  const troughs = troughsOf(long);
  const sawtooth = sawtoothOf(long, troughs);
  // What was freed once is gone from the trend: it goes on from there.
  const since = sawtooth || troughs.length === 0 ? long : long.slice(troughs[0] + 1);
  const longRate = sawtooth?.netRate ?? (covers(since, LONG_NEEDS) ? trendOf(since)?.rate : undefined);
  if (longRate === undefined) return now.rate > 0 ? spread(free, now) : undefined;
  if (now.rate > 0 && longRate > 0) return between(free / now.rate, free / longRate);
  if (now.rate > 0) {
    const mayEnd = sawtooth !== undefined && sawtooth.since <= OVERDUE * sawtooth.period;
    return !mayEnd && hasHeld(short) ? spread(free, now) : undefined;
  }
  // Quiet now: growth that comes and goes is still growth, one burst is not.
  const comesBack = longRate > 0 && keepsGoing(long, 3, 1);
  return comesBack ? between(free / longRate, free / longRate) : undefined;
}

function hasHeld(short: readonly FreeSample[]): boolean {
  const held = short.filter(({ at }) => at >= short.at(-1)!.at - HELD_SECONDS);
  return covers(short, HELD_SECONDS) && keepsGoing(held, 3, 0);
}

/** As sure as the slopes agree. */
function spread(free: number, { rate, low, high }: Trend): SecondsLeft {
  return between(free / high, free / (low > 0 ? low : rate));
}

function between(one: number, other: number): SecondsLeft {
  return { soonest: Math.min(one, other), latest: Math.max(one, other) };
}

function within(left: SecondsLeft | undefined): SecondsLeft | undefined {
  if (!left || !(left.soonest <= FAR_SECONDS)) return undefined;
  return { soonest: left.soonest, latest: Math.min(left.latest, FAR_SECONDS) };
}

function covers(samples: readonly FreeSample[], seconds: number): boolean {
  return samples.length > 1 && samples.at(-1)!.at - samples[0].at >= seconds;
}
