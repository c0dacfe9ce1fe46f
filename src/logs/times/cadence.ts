/** The rhythm of one template: its last gaps, and from them interval, regularity and doubling back-off. */

const kept = 256;

export interface Rhythm {
  /** Typical seconds from one occurrence (or burst of them) to the next. */
  readonly everySeconds: number;
  /** Spread of those gaps (standard deviation ÷ mean): 0 clockwork, 1 random arrivals, more for bursts. */
  readonly variation: number;
  /** Gaps mostly double until they start again: 1, 2, 4, 8… */
  readonly backsOff: boolean;
  readonly gaps: number;
}

export class Cadence {
  #gaps: Float64Array | null = null;
  #count = 0;
  /** Times of the first and the latest occurrence that has one, NaN before. */
  first: number = Number.NaN;
  last: number = Number.NaN;

  add(seconds: number): void {
    const gap = seconds - this.last;
    if (!Number.isNaN(seconds)) {
      if (Number.isNaN(this.first)) this.first = seconds;
      this.last = seconds;
    }
    if (!(gap >= 0)) return;
    this.#gaps ??= new Float64Array(kept);
    this.#gaps[this.#count++ % kept] = gap;
  }

  /** Null with fewer than 8 gaps, or when all of them are zero. */
  rhythm(): Rhythm | null {
    if (this.#gaps === null || this.#count < 8) return null;
    const used = Math.min(this.#count, kept);
    const from = this.#count > kept ? this.#count % kept : 0;
    const gaps = Array.from({ length: used }, (_, index) => this.#gaps![(from + index) % kept]);
    const mean = average(gaps);
    if (mean <= 0) return null;
    const single = trimmedVariation(gaps);
    const episodes = joinBursts(gaps, mean);
    const burst = episodes.length >= 8 ? trimmedVariation(episodes) : Number.POSITIVE_INFINITY;
    const blocks = blockSums(gaps, 8);
    // Whole-second stamps blur single gaps; sums of eight even that out (random arrivals still give 1).
    const block = blocks.length >= 6 ? trimmedVariation(blocks) * Math.sqrt(8) : Number.POSITIVE_INFINITY;
    const bursty = burst < 0.7 * single && episodes.length < 0.7 * gaps.length && average(episodes) > 0;
    return {
      everySeconds: bursty ? median(episodes) : single < 0.3 ? median(gaps) : mean,
      variation: Math.min(single, burst, block),
      backsOff: doubling(gaps) || (bursty && doubling(episodes)),
      gaps: used,
    };
  }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Coefficient of variation without the largest and smallest twentieth: one pause is not irregularity. */
function trimmedVariation(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length / 20);
  const middle = sorted.slice(cut, sorted.length - cut);
  const mean = average(middle);
  if (mean <= 0) return Number.POSITIVE_INFINITY;
  return Math.sqrt(average(middle.map((value) => (value - mean) ** 2))) / mean;
}

/** Gaps between bursts: gaps far below the mean belong to the burst that precedes them. */
function joinBursts(gaps: readonly number[], mean: number): number[] {
  const episodes: number[] = [];
  let open = 0;
  for (const gap of gaps) {
    open += gap;
    if (gap < mean / 2) continue;
    episodes.push(open);
    open = 0;
  }
  return episodes;
}

function blockSums(gaps: readonly number[], size: number): number[] {
  const sums: number[] = [];
  for (let at = 0; at + size <= gaps.length; at += size)
    sums.push(gaps.slice(at, at + size).reduce((sum, gap) => sum + gap, 0));
  return sums;
}

function doubling(gaps: readonly number[]): boolean {
  let chained = 0;
  let run = 0;
  for (let index = 1; index < gaps.length; index++) {
    const ratio = gaps[index - 1] > 0.005 ? gaps[index] / gaps[index - 1] : 0;
    run = ratio >= 1.5 && ratio <= 2.7 ? run + 1 : 0;
    if (run === 2) chained += 2;
    else if (run > 2) chained++;
  }
  return gaps.length >= 8 && chained >= 0.35 * gaps.length;
}
