/** Whom the watch asks about: each log that is read and judged costs memory, so only so many are at a time. */
import type { Collaborators, Growing } from '../ground/ground.ts';
import type { Growth } from '../growth/growth.ts';

const MOST_ASKED = 32;
/** A log being read keeps its place until another grows so many times as fast. */
const STAY_FACTOR = 4;

export class Enquiry {
  readonly #collaborators: Collaborators;
  /** Growths of which logs are kept, those asked about last at the end. */
  readonly #asked = new Set<number>();
  #isReading = false;

  constructor(collaborators: Collaborators) {
    this.#collaborators = collaborators;
  }

  /** Asks who writes and what, of alarms first, then of what grows fastest. */
  ask(growths: readonly Growth[], now: number): void {
    const growing = this.#choose(growths, now);
    if (growing.length === 0) return;
    const { writers, judge } = this.#collaborators;
    writers.look(growing, now);
    if (this.#isReading) return;
    this.#isReading = true;
    void judge.read(growing, now).finally(() => {
      this.#isReading = false;
    });
  }

  forget(growth: number): void {
    this.#asked.delete(growth);
    this.#collaborators.writers.forget(growth);
    this.#collaborators.judge.forget(growth);
  }

  #choose(growths: readonly Growth[], now: number): Growing[] {
    const chosen = growths
      .map((growth) => {
        const growing = growth.growing(now);
        const stays = this.#asked.has(growth.number) ? STAY_FACTOR : 1;
        const isAlarm = growth.alarm.isAlarm || growth.alarm.isPending;
        return { growing, score: isAlarm ? Infinity : growing.bytesPerSecond * stays };
      })
      .toSorted((a, b) => compare(b.score, a.score) || b.growing.bytesPerSecond - a.growing.bytesPerSecond)
      .slice(0, MOST_ASKED)
      .map(({ growing }) => growing);
    this.#keep(chosen);
    return chosen;
  }

  /** What is quiet now keeps its verdict for as long as there is room. */
  #keep(chosen: readonly Growing[]): void {
    for (const { growth } of chosen) {
      this.#asked.delete(growth);
      this.#asked.add(growth);
    }
    for (const oldest of this.#asked) {
      if (this.#asked.size <= MOST_ASKED) return;
      this.#asked.delete(oldest);
      this.#collaborators.judge.forget(oldest);
    }
  }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
