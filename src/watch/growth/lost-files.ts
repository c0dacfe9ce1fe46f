/** Files whose name leads elsewhere, until they are found: searched for now and then, a little at a time. */

const TRY_AGAIN_SECONDS = 0.3;
/** Searching takes no more of a beat. */
const SEARCH_MS = 30;

interface Loss {
  readonly since: number;
  triedAt: number;
}

export class LostFiles<File> {
  readonly #losses = new Map<File, Loss>();

  get size(): number {
    return this.#losses.size;
  }

  has(file: File): boolean {
    return this.#losses.has(file);
  }

  add(file: File, now: number): void {
    if (!this.#losses.has(file)) this.#losses.set(file, { since: now, triedAt: -Infinity });
  }

  delete(file: File): void {
    this.#losses.delete(file);
  }

  /** Those to be searched for now, each with the seconds for which it has been lost. */
  *due(now: number): Generator<readonly [file: File, lostSeconds: number], void> {
    const endMs = performance.now() + SEARCH_MS;
    for (const [file, loss] of this.#losses) {
      if (now - loss.triedAt < TRY_AGAIN_SECONDS) continue;
      if (performance.now() > endMs) return;
      loss.triedAt = now;
      yield [file, now - loss.since];
    }
  }
}
