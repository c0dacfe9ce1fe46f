/** One value position of a template: how much its values vary, whether they only count upwards, what kind they are. */

/**
 * What a value is, read from the template's first line: process ids, ports, clocks, durations and ids vary without meaning
 * work. An item is one of many that are worked on: the next number is the next of them, and not the next attempt.
 */
export type SlotKind = 'pid' | 'port' | 'clock' | 'duration' | 'identity' | 'item' | 'value';

/** Observations that make one window: a slot's diversity is the share of distinct values in such a window. */
export const windowSize = 128;
const bitmapWords = 16;
const bits = bitmapWords * 32;

export class Slot {
  readonly kind: SlotKind;
  /** Which token of the line. */
  readonly token: number;
  #bitmap = new Int32Array(bitmapWords);
  #seen = 0;
  #windows = 0;
  #sum = 0;
  #lastRaw = 0;
  #lastNumber = Number.NaN;
  #changes: number;
  #steps = 0;
  #observed = 0;

  /** @param varies it took different values before it was followed. */
  constructor(token: number, kind: SlotKind, varies: boolean) {
    this.token = token;
    this.kind = kind;
    this.#changes = varies ? 1 : 0;
  }

  /** @param raw the value's hash. @param number its numeric value, NaN when it is none. */
  add(raw: number, number: number): void {
    if (this.#observed++ > 0 && raw !== this.#lastRaw) {
      this.#changes++;
      const step = number - this.#lastNumber;
      if (step > 0 && step <= 16) this.#steps++;
    }
    this.#lastRaw = raw;
    this.#lastNumber = number;
    // FNV leaves its low bits weak for short values: mix before picking a bit.
    let mixed = Math.imul(raw ^ (raw >>> 15), 0x2c1b3c6d);
    mixed ^= mixed >>> 12;
    const bit = mixed & (bits - 1);
    this.#bitmap[bit >> 5] |= 1 << (bit & 31);
    if (++this.#seen === windowSize) this.#fold();
  }

  get constant(): boolean {
    return this.#changes === 0;
  }

  /** A number that mostly grows by small steps: an attempt counter, a sequence number. */
  get counts(): boolean {
    return this.#changes >= 3 && this.#steps > 0.7 * this.#changes;
  }

  /** Share of distinct values among `windowSize` consecutive ones, 0–1 (fewer where fewer were seen). */
  get diversity(): number {
    if (this.constant) return 0;
    const open = this.#seen >= windowSize / 2 || this.#windows === 0;
    const sum = this.#sum + (open ? (this.#distinct() - 1) / Math.max(1, this.#seen - 1) : 0);
    return Math.max(0, Math.min(1, sum / (this.#windows + (open ? 1 : 0))));
  }

  #fold(): void {
    this.#sum += (this.#distinct() - 1) / (windowSize - 1);
    this.#windows++;
    this.#seen = 0;
    this.#bitmap.fill(0);
  }

  /** Linear counting: distinct values from the share of bits still zero. */
  #distinct(): number {
    let zero = bits;
    for (const word of this.#bitmap) zero -= bitCount(word);
    return Math.min(this.#seen, bits * Math.log(bits / Math.max(1, zero)));
  }
}

function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
