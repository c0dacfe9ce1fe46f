/** Lines over time in a fixed number of slices: when time runs past the last, slices are folded in pairs. */

const slices = 128;

export class RateHistory {
  readonly #counts = new Float64Array(slices);
  #start = Number.NaN;
  #width = 0.25;
  first = Number.NaN;
  last = Number.NaN;

  add(seconds: number): void {
    if (Number.isNaN(this.#start)) {
      this.#start = seconds;
      this.first = seconds;
      this.last = seconds;
    }
    if (seconds < this.first) {
      // Out of order, or the clock was set back: counted in the first slice.
      this.#counts[0]++;
      return;
    }
    if (seconds > this.last) this.last = seconds;
    let slice = Math.floor((seconds - this.#start) / this.#width);
    while (slice >= slices) {
      this.#fold();
      slice = Math.floor((seconds - this.#start) / this.#width);
    }
    this.#counts[slice]++;
  }

  /** Lines per slice, at most `wanted` slices from first to last. */
  rates(wanted: number): number[] {
    if (Number.isNaN(this.#start)) return [];
    const used = Math.min(slices, Math.floor((this.last - this.#start) / this.#width) + 1);
    const per = Math.ceil(used / wanted);
    const rates: number[] = [];
    for (let at = 0; at < used; at += per)
      rates.push(this.#counts.subarray(at, Math.min(used, at + per)).reduce((sum, count) => sum + count, 0));
    return rates;
  }

  #fold(): void {
    for (let at = 0; at < slices; at++)
      this.#counts[at] = at < slices / 2 ? this.#counts[2 * at] + this.#counts[2 * at + 1] : 0;
    this.#width *= 2;
  }
}
