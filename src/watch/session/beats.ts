/** The rhythm of a watch: one look after the other, each of which says when the next is due. */
import { nowSeconds } from '../../system/calls/clock.ts';

/** @param seconds since the look before. Returns milliseconds until the next. */
type Beat = (now: number, seconds: number) => number;

export class Beats {
  readonly #beat: Beat;
  #timer: NodeJS.Timeout | undefined;
  #at: number;
  #isEnded = false;

  constructor(at: number, beat: Beat) {
    this.#at = at;
    this.#beat = beat;
  }

  /** The next look is so far away, whatever was planned before. */
  plan(milliseconds: number): void {
    if (this.#isEnded) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = nowSeconds();
      const seconds = Math.max(0, now - this.#at);
      this.#at = now;
      this.plan(this.#beat(now, seconds));
    }, milliseconds);
  }

  /** Something was written while nothing grew: the first look must not be late. @param restMs between two looks at least. */
  hurry(restMs: number): void {
    if (nowSeconds() - this.#at >= restMs / 1000) this.plan(1);
  }

  /** False where it was ended before. */
  end(): boolean {
    const wasEnded = this.#isEnded;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    return !wasEnded;
  }
}
