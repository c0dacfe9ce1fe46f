/** A second thread for large units: half of an unlink is the kernel's own work, which two threads can do at once. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HashSet } from '../guard/hash-set.ts';
import { SweepRing } from './sweep-ring.ts';
import type { SweepStart } from './sweep-worker.ts';

export class SecondThread {
  #worker: Worker | undefined;

  /** A ring that the thread serves until it is stopped. */
  begin(hashes: HashSet): SweepRing {
    this.#worker ??= startWorker();
    const ring = new SweepRing();
    const start: SweepStart = { ring: ring.memory, hashes: hashes.memory };
    this.#worker?.postMessage(start);
    return ring;
  }

  /** Resolves when the thread has ended by itself: to terminate it in a call into libc would end the whole process. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker || worker.threadId < 0) return;
    const ended = once(worker, 'exit');
    worker.ref();
    worker.postMessage(undefined);
    await ended;
  }
}

/** One that fails is not missed: what it does not take, the main thread does. */
function startWorker(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./sweep-worker.${extension}`, import.meta.url));
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}
