/** Starts worker threads for a scan. */
import { Worker } from 'node:worker_threads';

/** Hardly anything is allocated while a thread reads: with V8's own 48 MB each keeps 6 MB more of what it is done with. */
const YOUNG_MB = 2;

/** A worker of crew/worker.ts that waits to be told what to scan; undefined where the system allows no more threads. */
export function startWorker(): Worker | undefined {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  try {
    const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
      // Node would warn of descriptors that node:fs opened and the walk closed by itself.
      trackUnmanagedFds: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // One that fails before it has work is not missed: the others do it.
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}
