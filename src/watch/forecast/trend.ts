/** How fast free space goes: the median of the slopes between samples (Theil–Sen), so that a burst or a gap moves it little. */
import type { FreeSample } from './free-history.ts';

export interface Trend {
  /** Consumed per second; negative where space comes back. */
  readonly rate: number;
  /** The quarter of slopes below and above. */
  readonly low: number;
  readonly high: number;
}

const LEAST_SAMPLES = 4;
/** Slopes between samples closer than this part of the window are mostly noise. */
const APART = 0.25;

/** Undefined where there is too little to see. @param samples oldest first. */
export function trendOf(samples: readonly FreeSample[]): Trend | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (samples.length < LEAST_SAMPLES || !last || last.at <= first.at) return undefined;
  const apart = (last.at - first.at) * APART;
  const slopes: number[] = [];
  for (const [index, from] of samples.entries())
    for (let other = samples.length - 1; other > index && samples[other].at - from.at >= apart; other--)
      slopes.push((from.free - samples[other].free) / (samples[other].at - from.at));
  slopes.sort((a, b) => a - b);
  const at = (part: number): number => slopes[Math.min(slopes.length - 1, Math.floor(slopes.length * part))];
  return { rate: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Whether space went in each of `parts` equal parts of the time, but for `exceptions` of them. */
export function keepsGoing(samples: readonly FreeSample[], parts: number, exceptions: number): boolean {
  const [first] = samples;
  const last = samples.at(-1);
  if (!last || last.at <= first.at) return false;
  const freeAt = (part: number): number => {
    const time = first.at + ((last.at - first.at) * part) / parts;
    return samples.findLast(({ at }) => at <= time)!.free;
  };
  let stopped = 0;
  for (let part = 0; part < parts; part++) if (freeAt(part) <= freeAt(part + 1)) stopped++;
  return stopped <= exceptions;
}
