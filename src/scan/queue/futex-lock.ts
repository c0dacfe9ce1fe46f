/** A lock in shared memory that threads wait for without spinning: the futex mutex of Drepper, "Futexes are tricky". */

/** What its word holds. */
const FREE = 0;
const TAKEN = 1;
const AWAITED = 2;

export class FutexLock {
  readonly #words: Int32Array;
  readonly #at: number;

  /** @param at index of the word, 0 while nobody has it. */
  constructor(words: Int32Array, at: number) {
    this.#words = words;
    this.#at = at;
  }

  take(): void {
    let state = Atomics.compareExchange(this.#words, this.#at, FREE, TAKEN);
    while (state !== FREE) {
      if (state === AWAITED || Atomics.compareExchange(this.#words, this.#at, TAKEN, AWAITED) !== FREE) {
        Atomics.wait(this.#words, this.#at, AWAITED);
      }
      state = Atomics.compareExchange(this.#words, this.#at, FREE, AWAITED);
    }
  }

  release(): void {
    if (Atomics.sub(this.#words, this.#at, 1) !== TAKEN) {
      Atomics.store(this.#words, this.#at, FREE);
      Atomics.notify(this.#words, this.#at, 1);
    }
  }
}
