/** Events on their way from the watch to whoever reads them, in order. */

export class EventQueue<T> {
  readonly #waiting: T[] = [];
  #wake: (() => void) | undefined;
  #isEnded = false;
  #isHeard = true;
  /** Called whenever whoever reads has done with all that there was. */
  onHeard: (() => void) | undefined;

  /** Whether whoever reads has done with all that there was. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  push(event: T): void {
    this.#isHeard = false;
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** Nothing comes any more; what waits is still handed out. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (!this.#isHeard) {
        this.#isHeard = true;
        this.onHeard?.();
      }
      if (this.#isEnded) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }
}
