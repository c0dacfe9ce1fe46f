/** The last records' templates in order: what repeats together, and how regularly. Bounded ring of serial numbers. */

/** Records remembered. */
const sequenceLength = 16_384;

export class RecentSequence {
  readonly #serials = new Int32Array(sequenceLength);
  #count = 0;

  add(serial: number): void {
    this.#serials[this.#count++ & (sequenceLength - 1)] = serial;
  }

  /** Oldest first. */
  toArray(): Int32Array {
    if (this.#count <= sequenceLength) return this.#serials.slice(0, this.#count);
    const from = this.#count & (sequenceLength - 1);
    const ordered = new Int32Array(sequenceLength);
    ordered.set(this.#serials.subarray(from));
    ordered.set(this.#serials.subarray(0, from), sequenceLength - from);
    return ordered;
  }
}

/** How the records between two occurrences of one template (the anchor) look. */
export interface Rounds {
  readonly count: number;
  /** Serial → share of rounds it appears in, 0–1; the anchor itself is 1. */
  readonly presence: ReadonlyMap<number, number>;
  /** Median records per round. */
  readonly length: number;
  /** Share of rounds whose set of often-seen templates and length are the usual ones, 0–1. */
  readonly sameness: number;
}

/** Cuts a sequence at each run of `anchor` and compares the rounds. Null with fewer than 4 rounds. */
export function roundsOf(sequence: Int32Array, anchor: number): Rounds | null {
  const lengths: number[] = [];
  const seenIn = new Map<number, number>();
  let current = new Set<number>();
  let length = 0;
  let inRun = false;
  let started = false;
  const shapes = new Map<string, number>();
  const close = (): void => {
    if (!started) return;
    lengths.push(length);
    for (const serial of current) seenIn.set(serial, (seenIn.get(serial) ?? 0) + 1);
    const shape = [...current].toSorted((a, b) => a - b).join(' ');
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  };
  for (const serial of sequence) {
    if (serial === anchor && !inRun) {
      close();
      started = true;
      current = new Set([anchor]);
      length = 0;
    }
    inRun = serial === anchor;
    length++;
    if (current.size < 256) current.add(serial);
  }
  if (lengths.length < 4) return null;
  const presence = new Map([...seenIn].map(([serial, rounds]) => [serial, rounds / lengths.length]));
  const usual = Math.max(...shapes.values()) / lengths.length;
  const sorted = lengths.toSorted((a, b) => a - b);
  return { count: lengths.length, presence, length: sorted[sorted.length >> 1], sameness: usual };
}
