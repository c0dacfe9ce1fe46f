/** Space that goes and comes back: rotation and truncation. The ramp alone would foretell a full disk forever. */
import { LONG_STEP } from './free-history.ts';
import type { FreeSample } from './free-history.ts';

export interface Sawtooth {
  /** Consumed per second from one lowest point to the next: what stays after the truncations. */
  readonly netRate: number;
  /** Seconds from one truncation to the next. */
  readonly period: number;
  /** Seconds since the last one. */
  readonly since: number;
}

/** Less than this part of all that was consumed coming back is noise. */
const WORTH = 0.1;

/** Where least was free before some came back: indexes into `samples`, oldest first. */
export function troughsOf(samples: readonly FreeSample[]): number[] {
  let consumed = 0;
  let returned = 0;
  let largest = 0;
  for (const [index, { free }] of samples.entries()) {
    const change = index > 0 ? free - samples[index - 1].free : 0;
    if (change < 0) consumed -= change;
    if (change > 0) returned += change;
    largest = Math.max(largest, change);
  }
  if (returned <= 0 || returned < WORTH * consumed) return [];
  const cameBack = (index: number): boolean => samples[index + 1].free - samples[index].free >= largest / 2;
  return [...samples.keys()].filter((index) => index + 1 < samples.length && cameBack(index));
}

/** A lowest point may have come so many seconds after the sample that stands for it. */
const BETWEEN_SAMPLES = LONG_STEP;

/** Undefined unless it came back at least twice: one truncation, or a person who cleaned up, says nothing of the next. */
export function sawtoothOf(samples: readonly FreeSample[], troughs: readonly number[]): Sawtooth | undefined {
  if (troughs.length < 2) return undefined;
  const first = samples[troughs[0]];
  const lastTrough = samples[troughs.at(-1)!];
  const between = lastTrough.at - first.at;
  const stays = first.free - lastTrough.free;
  const ramp = Math.max(
    ...samples.slice(1).map(({ at, free }, index) => (samples[index].free - free) / (at - samples[index].at)),
  );
  const noise = ramp * BETWEEN_SAMPLES;
  return {
    netRate: Math.abs(stays) <= noise ? 0 : stays / between,
    period: between / (troughs.length - 1),
    since: samples.at(-1)!.at - lastTrough.at,
  };
}
