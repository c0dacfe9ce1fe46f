/** Directories a thread has found and not read yet: it takes the newest itself and gives the oldest away. */

export class WaitingList<T> {
  readonly #items: T[] = [];
  /** Those before this one were given away. */
  #oldest = 0;

  push(item: T): void {
    this.#items.push(item);
  }

  takeNewest(): T | undefined {
    if (this.#items.length > this.#oldest) return this.#items.pop();
    this.#items.length = 0;
    this.#oldest = 0;
    return undefined;
  }

  /** The one to give away; undefined where only one is left, for the thread would go hungry itself. */
  oldestToGive(): T | undefined {
    return this.#items.length - this.#oldest < 2 ? undefined : this.#items[this.#oldest];
  }

  dropOldest(): void {
    this.#oldest++;
  }

  /** Removes and returns all that is left. */
  drain(): T[] {
    const left = this.#items.splice(this.#oldest);
    this.#items.length = 0;
    this.#oldest = 0;
    return left;
  }
}
