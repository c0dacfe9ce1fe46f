/** The door of the record: every entry of a tree as text while it is scanned, by as many threads as scan it. */
import { Stitch } from './stitch.ts';
import type { RecordMessage } from './recorder.ts';

export { EntryText } from './entry-text.ts';
export { recordedStat } from './recorded-stat.ts';
export { Recorder } from './recorder.ts';
export type { RecordMessage, RecordOptions } from './recorder.ts';

/** Where the text goes. */
export interface RecordSink {
  readonly write: (bytes: Uint8Array) => void;
  /** Bytes written and not taken away yet. */
  readonly backlogBytes: () => number;
  /** Resolves when some were taken away. */
  readonly drained: () => Promise<void>;
}

/** With so many bytes waiting, threads are to wait too. */
const MOST_BYTES = 16 * 2 ** 20;
const MAIN = 0;

/** What the main thread does about the record: it stitches, and keeps the others from running ahead. */
export class Recording {
  readonly pause = new SharedArrayBuffer(4);
  readonly #paused = new Int32Array(this.pause);
  readonly #stitch: Stitch;
  readonly #sink: RecordSink;

  /** @param root the number of the directory that everything is in. */
  constructor(root: number, sink: RecordSink) {
    this.#sink = sink;
    this.#stitch = new Stitch(root, (bytes) => sink.write(bytes));
  }

  take(message: RecordMessage, thread: number): void {
    this.#stitch.take(message, thread);
  }

  /** Whether all was written. */
  get isWhole(): boolean {
    return this.#stitch.isWhole;
  }

  /** Holds back those who are not waited for, this thread too. */
  async keepPace(): Promise<void> {
    const isBehind = this.#sink.backlogBytes() > MOST_BYTES;
    // Whoever writes what comes next must go on, or nobody could.
    const isAhead = this.#stitch.heldBytes > MOST_BYTES && this.#stitch.awaitedThread === MAIN;
    this.#setPaused(isBehind || isAhead);
    if (!isBehind) return;
    await this.#sink.drained();
    this.#setPaused(false);
  }

  #setPaused(paused: boolean): void {
    Atomics.store(this.#paused, 0, paused ? 1 : 0);
    if (!paused) Atomics.notify(this.#paused, 0);
  }
}

/** Lets a thread wait while too much waits; returns after a while whatever happens. */
export function waitWhilePaused(pause: SharedArrayBuffer, isStopped: () => boolean): void {
  const paused = new Int32Array(pause);
  while (Atomics.load(paused, 0) === 1 && !isStopped()) Atomics.wait(paused, 0, 1, 50);
}
