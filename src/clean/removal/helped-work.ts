/** What the helping thread is given of a unit, and what came of it. */
import type { EmptiedDirectory } from './emptied-directory.ts';
import type { PlannedEntries } from './planned-entries.ts';
import type { SweepJob, SweepRing } from '../second-thread/sweep-ring.ts';

/** A directory with more files than this is worth two threads. */
const MANY_FILES = 500;

export class HelpedWork {
  readonly #ring: SweepRing | undefined;
  readonly #mountId: number;
  readonly #entries: PlannedEntries;

  /** @param ring where the helping thread takes its work from; undefined where there is none. */
  constructor(ring: SweepRing | undefined, mountId: number, entries: PlannedEntries) {
    this.#ring = ring;
    this.#mountId = mountId;
    this.#entries = entries;
  }

  /** Hands a directory over; the job's number, or undefined where it stays with this thread. */
  give({ descriptor, inodeLow, inodeHigh }: Omit<SweepJob, 'mountId'>): number | undefined {
    return this.#ring?.post({ descriptor, inodeLow, inodeHigh, mountId: this.#mountId });
  }

  isDone(job: number): boolean {
    return this.#ring?.isDone(job) === true;
  }

  /** The helping thread has begun with it and not ended. */
  isAtWork(job: number): boolean {
    return this.#ring?.isTaken(job) === true;
  }

  /** Lets the helping thread read along where a directory has many files. */
  countFile(level: EmptiedDirectory): void {
    level.files++;
    if (level.files < MANY_FILES) return;
    level.files = 0;
    level.shared ??= this.give(level);
  }

  /** Takes a job back, or what came of it: how many names went. */
  collect(job: number): number {
    const swept = this.#ring!.collect(job);
    this.#entries.add(swept);
    return swept.removed;
  }

  /** No more jobs, and the one being done ends after its current entry. */
  stop(): void {
    this.#ring?.stop();
  }
}
