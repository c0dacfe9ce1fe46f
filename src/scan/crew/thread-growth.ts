/** Decides while a scan runs whether it deserves more threads: the processors first, then more while the disk is waited for. */
import { processorUse } from '../../system/machine/machine.ts';

/** How many threads to use. */
export interface ThreadPlan {
  /** Where the processors are the limit. */
  readonly warm: number;
  /** Where the disk is what threads wait for. */
  readonly most: number;
  /** A server is asked, not a disk of this machine. */
  readonly isRemote: boolean;
}

/** How often to see whether threads wait for the disk. */
const JUDGE_MS = 100;
/** Threads that use less of the processors than this share, and read from the disk, wait for it. */
const WAITING_SHARE = 0.75;
/** More threads must have read this much faster to be followed by still more. */
const GAIN = 1.1;

export class ThreadGrowth {
  readonly #plan: ThreadPlan;
  #at = 0;
  #used = processorUse();
  #entries = 0;
  /** Entries per millisecond before threads were added last. */
  #rateBefore = 0;
  /** The first look after threads were added sees them starting, not reading. */
  #settling = false;
  #ended = false;

  constructor(plan: ThreadPlan) {
    this.#plan = plan;
  }

  /** How many threads to add now to `threads`; `entries` is asked only when it is time to judge. */
  threadsToAdd(threads: number, entries: () => number): number {
    if (threads < this.#plan.warm) return this.#plan.warm - threads;
    const now = performance.now();
    if (this.#ended || threads >= this.#plan.most || now - this.#at < JUDGE_MS) return 0;
    const used = processorUse();
    const seen = entries();
    const first = this.#at === 0;
    const spentMs = now - this.#at;
    const share =
      (used.milliseconds - this.#used.milliseconds) / spentMs / Math.min(threads, this.#plan.warm);
    const isReading = this.#plan.isRemote || used.diskBlocks > this.#used.diskBlocks;
    const rate = (seen - this.#entries) / spentMs;
    this.#at = now;
    this.#used = used;
    this.#entries = seen;
    if (first || this.#settling) {
      this.#settling = false;
      return 0;
    }
    // Where other programs take the processors the share is small as well, but more threads would not help.
    if (share >= WAITING_SHARE || !isReading) return 0;
    if (rate < this.#rateBefore * GAIN) {
      this.#ended = true;
      return 0;
    }
    this.#rateBefore = rate;
    this.#settling = true;
    return Math.min(threads, this.#plan.most - threads);
  }
}
