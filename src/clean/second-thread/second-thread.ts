/**
 * A second thread for large units: it asks the kernel who has their files open while the main thread reads them, and
 * removes files beside it, as half of an unlink is the kernel's own work, which two threads can do at once.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ProbeAnswer } from '../../system/files/open-probe.ts';
import type { HashSet } from '../guard/hash-set.ts';
import { SweepRing } from './sweep-ring.ts';
import type { SecondThreadTask } from './second-thread-worker.ts';

/** A question that the thread is asked. */
export interface Question {
  /** The answer is not wanted any more. */
  readonly stop: () => void;
  /** `unknown` also where it was stopped; undefined where the thread failed. */
  readonly answer: Promise<ProbeAnswer | undefined>;
}

export class SecondThread {
  #worker: Worker | undefined;

  /**
   * Whether anybody has a file open in a directory, of those that are the second thread's to ask about. The directory has
   * to stay open until the answer is there.
   * @param signal the answer is not wanted any more.
   */
  ask(directory: number, signal: AbortSignal | undefined): Question {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const stop = (): void => void Atomics.store(flag, 0, 1);
    signal?.addEventListener('abort', stop, { once: true });
    const answer = this.#answer({ task: 'ask', directory, stop: flag.buffer });
    return { stop, answer: answer.finally(() => signal?.removeEventListener('abort', stop)) };
  }

  /** A ring that the thread serves until it is stopped. */
  sweep(hashes: HashSet): SweepRing {
    const ring = new SweepRing();
    const task: SecondThreadTask = { task: 'sweep', ring: ring.memory, hashes: hashes.memory };
    this.#start().postMessage(task);
    return ring;
  }

  /** Resolves when the thread has ended by itself: to terminate it in a call into libc would end the whole process. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker || worker.threadId < 0) return;
    const ended = once(worker, 'exit');
    worker.ref();
    worker.postMessage({ task: 'end' } satisfies SecondThreadTask);
    await ended;
  }

  /** It takes some 80 ms until it does what it is asked. */
  #start(): Worker {
    return (this.#worker ??= startWorker());
  }

  async #answer(task: SecondThreadTask): Promise<ProbeAnswer | undefined> {
    const worker = this.#start();
    if (worker.threadId < 0) return undefined;
    const { promise, resolve } = Promise.withResolvers<ProbeAnswer | undefined>();
    const exited = (): void => resolve(undefined);
    worker.ref();
    worker.once('message', resolve).once('exit', exited).postMessage(task);
    const answer = await promise;
    worker.off('message', resolve).off('exit', exited).unref();
    return answer;
  }
}

/** One that fails is not missed: what it does not take, the main thread does. */
function startWorker(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./second-thread-worker.${extension}`, import.meta.url));
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}
