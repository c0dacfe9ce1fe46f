/**
 * The door of the crew: the threads of a scan: this one and as many workers as the work turns out to deserve. A small tree is read before
 * a worker would have started; a disk that makes threads wait gets more of them.
 */
import type { Worker } from 'node:worker_threads';
import type { ByteString } from '../../model/byte-string.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { RecordMessage } from '../record/record.ts';
import { PROGRESS_NUMBERS, ScanThread } from './scan-thread.ts';
import type { ThreadOptions } from './scan-thread.ts';
import type { TallyResult } from '../tally/tally.ts';
import type { Volumes } from '../volumes/volumes.ts';
import { ThreadGrowth } from './thread-growth.ts';
import type { ThreadPlan } from './thread-growth.ts';
import { startWorker } from './start-worker.ts';
import { WORKER_STATE } from './worker-start.ts';
import type { WorkerStart } from './worker-start.ts';

export { addRoot, ownerNodeOf } from './add-root.ts';
export { descriptorsPerThread, planThreads } from './plan-threads.ts';
export type { ThreadOptions } from './scan-thread.ts';
export type { ThreadPlan } from './thread-growth.ts';

/** The main thread looks up this often: for signals, progress, and whether more threads would help. */
const SLICE_MS = 15;
/** Longest it blocks while other threads have all the work. */
const WAIT_MS = 5;
/** A tree that takes less than this is read by the main thread alone. */
const ALONE_MS = 6;

/** Takes what a thread has written down. */
type OnRecord = (message: RecordMessage, thread: number) => void;

/** Filesystems to be read in bulk from now on. */
type OpenVolumes = () => Volumes;

export class Crew {
  readonly #queue: JobQueue;
  readonly #plan: ThreadPlan;
  #options: ThreadOptions;
  #openVolumes: OpenVolumes | undefined;
  readonly #main: ScanThread;
  readonly #workers: { worker: Worker; result: Promise<TallyResult | undefined> }[] = [];
  readonly #progress: SharedArrayBuffer;
  readonly #states: SharedArrayBuffer;
  readonly #onRecord: OnRecord;

  /**
   * @param openVolumes called once, when the work has turned out not to be small.
   * @param onRecord takes what threads write down; thread 0 is this one.
   */
  constructor(
    queue: JobQueue,
    plan: ThreadPlan,
    options: ThreadOptions,
    openVolumes: OpenVolumes | undefined,
    onRecord: OnRecord = () => undefined,
  ) {
    this.#onRecord = onRecord;
    this.#queue = queue;
    this.#plan = plan;
    this.#options = options;
    this.#openVolumes = openVolumes;
    this.#progress = new SharedArrayBuffer(plan.most * PROGRESS_NUMBERS * 8);
    this.#states = new SharedArrayBuffer(plan.most * 4);
    const progress = new Float64Array(this.#progress, 0, PROGRESS_NUMBERS);
    this.#main = new ScanThread(queue, progress, options, (message) => onRecord(message, 0));
  }

  get main(): ScanThread {
    return this.#main;
  }

  get threads(): number {
    return this.#workers.length + 1;
  }

  /** What is found on these volumes from now on is read in bulk; whoever is started later is told by the options. */
  attach(volumes: Volumes): void {
    this.#options = { ...this.#options, volumes };
    this.#main.attach(volumes);
  }

  /** Entries and blocks seen so far by all threads. */
  progress(): { entries: number; blocks: number } {
    const numbers = new Float64Array(this.#progress);
    let entries = 0;
    let blocks = 0;
    for (let i = 0; i < numbers.length; i += PROGRESS_NUMBERS) {
      entries += numbers[i];
      blocks += numbers[i + 1];
    }
    return { entries, blocks };
  }

  currentPath(): ByteString | undefined {
    return this.#main.currentPath();
  }

  /** Works until the scan is finished, calling `lookUp` every few milliseconds in between, other threads at work. */
  async run(lookUp: () => void | Promise<void>): Promise<void> {
    const growth = new ThreadGrowth(this.#plan);
    while (this.#main.run(performance.now() + (this.threads === 1 ? ALONE_MS : SLICE_MS), WAIT_MS)) {
      this.#attachVolumes();
      // Before anything else gets its turn: modules may be loading, for a tenth of a second.
      const more = growth.threadsToAdd(this.threads, () => this.progress().entries);
      if (more > 0) this.#startWorkers(more);
      await new Promise(setImmediate);
      await lookUp();
    }
  }

  /** Everything the threads have counted. Workers that had not begun yet are not waited for. */
  async finish(): Promise<TallyResult[]> {
    const results = this.#workers.map(async ({ worker, result }, index) => {
      if (!this.#cancel(index + 1)) return result;
      void worker.terminate();
      return undefined;
    });
    const main = this.#main.finish();
    return [main, ...(await Promise.all(results)).filter((result) => result !== undefined)];
  }

  #attachVolumes(): void {
    if (!this.#openVolumes) return;
    this.attach(this.#openVolumes());
    this.#openVolumes = undefined;
  }

  #startWorkers(count: number): void {
    for (let i = 0; i < count; i++) {
      const worker = startWorker();
      if (!worker) return;
      const index = this.threads;
      const start: WorkerStart = {
        queue: this.#queue.memory,
        size: this.#queue.size,
        progress: this.#progress,
        states: this.#states,
        index,
        options: this.#options,
      };
      worker.ref();
      this.#workers.push({ worker, result: this.#resultOf(worker, index) });
      worker.postMessage(start);
    }
  }

  /** What a worker hands over; undefined where it ended before it began. Rejects where it ended with work in hand. */
  #resultOf(worker: Worker, index: number): Promise<TallyResult | undefined> {
    const result = new Promise<TallyResult | undefined>((resolve, reject) => {
      const onEnd = (error: Error): void => {
        if (this.#cancel(index)) resolve(undefined);
        else reject(error);
      };
      worker.on('message', (message: TallyResult | { readonly record: RecordMessage }) => {
        if ('record' in message) {
          this.#onRecord(message.record, index);
          return;
        }
        resolve(message);
        void worker.terminate();
      });
      worker.once('error', onEnd);
      worker.once('exit', () => onEnd(new Error('a scanning thread ended early')));
    });
    // What it had in hand is lost: the scan cannot finish.
    result.catch(() => this.#queue.stop());
    return result;
  }

  /** Tells a worker that has not begun not to begin; false where it has. */
  #cancel(index: number): boolean {
    const { starting, working, cancelled } = WORKER_STATE;
    return Atomics.compareExchange(new Int32Array(this.#states), index, starting, cancelled) !== working;
  }
}
