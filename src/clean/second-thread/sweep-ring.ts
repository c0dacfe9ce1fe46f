/**
 * Directories handed to the helping thread, in shared memory: a ring of jobs, each waiting, taken or done. What is
 * only waiting can be taken back; what is taken will be done soon.
 */

const SLOTS = 8;
const CONTROL_WORDS = 4;
const SLOT_WORDS = 8;
const CONTROL = { posted: 0, stop: 1 } as const;
const SLOT = { state: 0, descriptor: 1, inodeLow: 2, inodeHigh: 3, mountId: 4, removed: 5 } as const;
const STATE = { free: 0, waiting: 1, taken: 2, done: 3, cancelled: 4 } as const;
const WAIT_MS = 5;

/** A directory whose plain files are to be removed. */
export interface SweepJob {
  readonly descriptor: number;
  readonly inodeLow: number;
  readonly inodeHigh: number;
  readonly mountId: number;
}

/** What came of it. */
export interface Swept {
  removed: number;
  /** Of 512 bytes. */
  blocks: number;
}

const NOTHING: Readonly<Swept> = { removed: 0, blocks: 0 };

export class SweepRing {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #blocks: Float64Array;

  /** @param memory of another thread's ring. */
  constructor(memory?: SharedArrayBuffer) {
    const blocksAt = (CONTROL_WORDS + SLOTS * SLOT_WORDS) * 4;
    this.memory = memory ?? new SharedArrayBuffer(blocksAt + SLOTS * 8);
    this.#words = new Int32Array(this.memory, 0, blocksAt / 4);
    this.#blocks = new Float64Array(this.memory, blocksAt, SLOTS);
  }

  /** The job's number, or undefined where the helper has enough to do. */
  post(job: SweepJob): number | undefined {
    const words = this.#words;
    const number = Atomics.load(words, CONTROL.posted);
    const slot = slotOf(number);
    if (Atomics.load(words, slot + SLOT.state) !== STATE.free) return undefined;
    words[slot + SLOT.descriptor] = job.descriptor;
    words[slot + SLOT.inodeLow] = job.inodeLow;
    words[slot + SLOT.inodeHigh] = job.inodeHigh;
    words[slot + SLOT.mountId] = job.mountId;
    Atomics.store(words, slot + SLOT.state, STATE.waiting);
    Atomics.store(words, CONTROL.posted, number + 1);
    Atomics.notify(words, CONTROL.posted);
    return number;
  }

  isDone(number: number): boolean {
    return Atomics.load(this.#words, slotOf(number) + SLOT.state) === STATE.done;
  }

  isTaken(number: number): boolean {
    return Atomics.load(this.#words, slotOf(number) + SLOT.state) === STATE.taken;
  }

  /** Takes the job back where nobody has begun it, else waits for its end. */
  collect(number: number): Readonly<Swept> {
    const words = this.#words;
    const slot = slotOf(number);
    const { waiting, cancelled, taken, free } = STATE;
    if (Atomics.compareExchange(words, slot + SLOT.state, waiting, cancelled) === waiting) return NOTHING;
    while (Atomics.load(words, slot + SLOT.state) === taken)
      Atomics.wait(words, slot + SLOT.state, taken, WAIT_MS);
    const swept = { removed: words[slot + SLOT.removed], blocks: this.#blocks[number % SLOTS] };
    Atomics.store(words, slot + SLOT.state, free);
    return swept;
  }

  /** No more jobs, and the one being done ends after its current entry. */
  stop(): void {
    Atomics.store(this.#words, CONTROL.stop, 1);
    Atomics.notify(this.#words, CONTROL.posted);
  }

  isStopped(): boolean {
    return Atomics.load(this.#words, CONTROL.stop) === 1;
  }

  /** The helper's side: does all jobs with `sweep` until the ring is stopped. */
  serve(sweep: (job: SweepJob, swept: Swept) => void): void {
    const words = this.#words;
    const { waiting, taken, done, cancelled, free } = STATE;
    for (let number = 0; !this.isStopped();) {
      if (Atomics.load(words, CONTROL.posted) === number) {
        Atomics.wait(words, CONTROL.posted, number, WAIT_MS * 10);
        continue;
      }
      const slot = slotOf(number);
      if (Atomics.compareExchange(words, slot + SLOT.state, waiting, taken) === waiting) {
        const swept: Swept = { removed: 0, blocks: 0 };
        try {
          sweep(this.#jobIn(slot), swept);
        } finally {
          // Whatever happens, the main thread must not wait for ever.
          words[slot + SLOT.removed] = swept.removed;
          this.#blocks[number % SLOTS] = swept.blocks;
          Atomics.store(words, slot + SLOT.state, done);
          Atomics.notify(words, slot + SLOT.state);
        }
      } else {
        Atomics.compareExchange(words, slot + SLOT.state, cancelled, free);
      }
      number++;
    }
  }

  #jobIn(slot: number): SweepJob {
    const words = this.#words;
    return {
      descriptor: words[slot + SLOT.descriptor],
      inodeLow: words[slot + SLOT.inodeLow] >>> 0,
      inodeHigh: words[slot + SLOT.inodeHigh] >>> 0,
      mountId: words[slot + SLOT.mountId] >>> 0,
    };
  }
}

function slotOf(number: number): number {
  return CONTROL_WORDS + (number % SLOTS) * SLOT_WORDS;
}
