/** Decides while a scan runs whether it deserves more threads: the processors first, then more while the disk is waited for. */
import { processorUse } from '../../system/machine/machine.ts';
import type { ProcessorUse } from '../../system/machine/machine.ts';

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
/** Threads that use, or queue for, less of the processors than this share, and read from the disk, wait for it. */
const WAITING_SHARE = 0.75;
/** More threads must have read this much faster to be followed by still more. */
const GAIN = 1.1;

/** What it is told by. */
export interface Meter {
  /** Of a clock that only moves forward. */
  readonly nowMs: () => number;
  readonly use: () => ProcessorUse;
}

const OWN_METER: Meter = { nowMs: () => performance.now(), use: processorUse };

export class ThreadGrowth {
  readonly #plan: ThreadPlan;
  readonly #meter: Meter;
  #at = 0;
  #used: ProcessorUse;
  #entries = 0;
  /** Entries per millisecond before threads were added last. */
  #rateBefore = 0;
  /** The first look after threads were added sees them starting, not reading. */
  #settling = false;
  #ended = false;

  constructor(plan: ThreadPlan, meter = OWN_METER) {
    this.#plan = plan;
    this.#meter = meter;
    this.#used = meter.use();
  }

  /** How many threads to add now to `threads`; `entries` is asked only when it is time to judge. */
  threadsToAdd(threads: number, entries: () => number): number {
    if (threads < this.#plan.warm) return this.#plan.warm - threads;
    const now = this.#meter.nowMs();
    if (this.#ended || threads >= this.#plan.most || now - this.#at < JUDGE_MS) return 0;
    const used = this.#meter.use();
    const seen = entries();
    const first = this.#at === 0;
    const spentMs = now - this.#at;
    const share = (busyMs(used) - busyMs(this.#used)) / spentMs / Math.min(threads, this.#plan.warm);
    const isReading = this.#plan.isRemote || used.diskBlocks > this.#used.diskBlocks;
    const rate = (seen - this.#entries) / spentMs;
    this.#at = now;
    this.#used = used;
    this.#entries = seen;
    if (first || this.#settling) {
      this.#settling = false;
      return 0;
    }
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

/** What other programs take of the processors is no waiting for the disk: more threads would not help. */
function busyMs({ milliseconds, queuedMilliseconds }: ProcessorUse): number {
  return milliseconds + queuedMilliseconds;
}
