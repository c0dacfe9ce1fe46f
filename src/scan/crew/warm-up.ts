/**
 * Worker threads started ahead of the work. A thread takes longer to start than a command line takes to be read, so
 * a program that is about to scan calls `warmUp` first of all. Imports nothing that would take time to load.
 */
import { Worker } from 'node:worker_threads';

const warm: Worker[] = [];

/** A worker of crew/worker.ts that waits to be told what to scan; undefined where the system allows no more threads. */
function startWorker(): Worker | undefined {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  try {
    const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
      // Node would warn of descriptors that node:fs opened and the walk closed by itself.
      trackUnmanagedFds: false,
    });
    // One that fails before it has work is not missed: the others do it.
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}

/** Starts `count` workers for scans to come. They do not keep the process alive. */
export function warmUp(count: number): void {
  for (let i = 0; i < count; i++) {
    const worker = startWorker();
    if (worker) warm.push(worker);
  }
}

/** A worker started ahead, or a fresh one; undefined where there can be none. */
export function takeWorker(): Worker | undefined {
  return warm.pop() ?? startWorker();
}

/** Ends the workers nobody took. */
export function dismissWarm(): void {
  for (const worker of warm.splice(0)) void worker.terminate();
}
