/** How fast a counter rises: a bounded ring of samples over the last seconds. */

interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly files: number;
}

/** Samples closer together than this replace each other. */
const SPACING_SECONDS = 0.25;
/** A rise after so long without one is a new episode of growth. */
const QUIET_SECONDS = 5;
const WINDOW_SECONDS = 3;
const MOST_SAMPLES = 32;
/** Growth shorter than this may be a single copy. */
const SHORTEST_SECONDS = 1;
/** Steps that tell steady growth from a stair. */
const FEWEST_RISES = 3;

export class Rate {
  #samples: Sample[] = [];
  /** When the present or last episode of growth began; the counter's value then. */
  #since: Sample | undefined;
  #roseAt = -Infinity;
  #rises = 0;

  /** The counter's value now; called often. */
  add(at: number, bytes: number, files = 0): void {
    const last = this.#samples.at(-1);
    if (last && (bytes > last.bytes || files > last.files)) {
      if (at - this.#roseAt > QUIET_SECONDS) {
        // It began at some time since the last sample, at most a moment ago.
        this.#since = { ...last, at: Math.max(last.at, at - SPACING_SECONDS) };
        this.#rises = 0;
      }
      this.#roseAt = at;
    }
    const before = this.#samples.at(-2);
    if (last && before && at - before.at < SPACING_SECONDS) {
      this.#samples[this.#samples.length - 1] = { at, bytes, files };
      return;
    }
    if (last && this.#since && bytes > last.bytes) this.#rises++;
    this.#samples.push({ at, bytes, files });
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
  }

  /** Whether it has risen steadily, not in one go. */
  get isSteady(): boolean {
    return this.#rises >= FEWEST_RISES && this.#roseAt - (this.#since?.at ?? 0) >= SHORTEST_SECONDS;
  }

  get roseAt(): number {
    return this.#roseAt;
  }

  /** Seconds of the present episode; 0 where it does not grow. */
  sinceSeconds(now: number): number {
    return this.#since && now - this.#roseAt <= QUIET_SECONDS ? now - this.#since.at : 0;
  }

  /** Over the last seconds, or since the episode began where that is less. */
  bytesPerSecond(now: number): number {
    return this.#perSecond(now, 'bytes');
  }

  filesPerSecond(now: number): number {
    return this.#perSecond(now, 'files');
  }

  #perSecond(now: number, what: 'bytes' | 'files'): number {
    const last = this.#samples.at(-1);
    const from = this.#from(now);
    if (!last || !from || now <= from.at) return 0;
    return Math.max(0, last[what] - from[what]) / Math.max(SHORTEST_SECONDS, now - from.at);
  }

  #from(now: number): Sample | undefined {
    const start = now - WINDOW_SECONDS;
    if (this.#since && this.#since.at >= start) return this.#since;
    return this.#samples.findLast(({ at }) => at <= start) ?? this.#samples[0];
  }
}
