/** What was free and when: every second of the last minute, every ten seconds of the last quarter of an hour. */

export interface FreeSample {
  /** Seconds, from any start. */
  readonly at: number;
  /** Bytes, or inodes. */
  readonly free: number;
}

const SHORT_SECONDS = 60;
const LONG_SECONDS = 900;
/** Samples closer together than this say nothing more. */
const SHORT_STEP = 0.5;
export const LONG_STEP: number = 10;

export class FreeHistory {
  #short: FreeSample[] = [];
  #long: FreeSample[] = [];

  /** In the order of time; a clock that was set back begins anew. */
  add(sample: FreeSample): void {
    if (sample.at < (this.#short.at(-1)?.at ?? sample.at)) {
      this.#short = [];
      this.#long = [];
    }
    this.#short = appended(this.#short, sample, SHORT_SECONDS, SHORT_STEP);
    this.#long = appended(this.#long, sample, LONG_SECONDS, LONG_STEP);
  }

  /** Oldest first; the last is the latest. */
  get short(): readonly FreeSample[] {
    return this.#short;
  }

  get long(): readonly FreeSample[] {
    return this.#long;
  }
}

/** The latest sample always stands at the end; it is replaced by the next while both lie within one step. */
function appended(
  samples: readonly FreeSample[],
  sample: FreeSample,
  seconds: number,
  step: number,
): FreeSample[] {
  const kept = samples.filter(({ at }) => sample.at - at <= seconds);
  const before = kept.at(-2);
  if (before && sample.at - before.at < step) kept.pop();
  kept.push(sample);
  return kept;
}
