/** A set of 64-bit hashes in one typed array that threads can share: a million members take 16 MiB. */

const LEAST_SLOTS = 64;

export class HashSet {
  /** Two words per slot; a slot of zeros is free. */
  #words: Uint32Array<SharedArrayBuffer>;
  #mask: number;
  #size = 0;

  /** @param expected members it should hold without growing. */
  constructor(expected: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(LEAST_SLOTS, expected * 1.5)));
    this.#words = sharedWords(slots * 2);
    this.#mask = slots - 1;
  }

  /** The set that another thread has filled and no longer changes. */
  static over(memory: SharedArrayBuffer): HashSet {
    const set = new HashSet(0);
    set.#words = new Uint32Array(memory);
    set.#mask = set.#words.length / 2 - 1;
    return set;
  }

  get memory(): SharedArrayBuffer {
    return this.#words.buffer;
  }

  add(low: number, high: number): void {
    if (this.#size * 4 >= (this.#mask + 1) * 3) this.#grow();
    const slot = this.#slotOf(low, high);
    if (this.#words[slot] === 0 && this.#words[slot + 1] === 0) this.#size++;
    this.#words[slot] = low;
    this.#words[slot + 1] = low === 0 && high === 0 ? 1 : high;
  }

  has(low: number, high: number): boolean {
    const slot = this.#slotOf(low, high);
    return this.#words[slot] !== 0 || this.#words[slot + 1] !== 0;
  }

  /** Where the hash stands, or the free slot where it would. */
  #slotOf(low: number, wantedHigh: number): number {
    const words = this.#words;
    const high = low === 0 && wantedHigh === 0 ? 1 : wantedHigh;
    for (let at = (low ^ (high >>> 7)) & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = at * 2;
      if (words[slot] === low && words[slot + 1] === high) return slot;
      if (words[slot] === 0 && words[slot + 1] === 0) return slot;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = sharedWords(old.length * 2);
    this.#mask = this.#words.length / 2 - 1;
    this.#size = 0;
    for (let slot = 0; slot < old.length; slot += 2)
      if (old[slot] !== 0 || old[slot + 1] !== 0) this.add(old[slot], old[slot + 1]);
  }
}

function sharedWords(count: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(count * 4));
}
