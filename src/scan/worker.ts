/** A worker thread of a scan: scans until nothing is left, then hands its tally over without copying. */
import { parentPort, workerData } from 'node:worker_threads';
import type { TransferListItem } from 'node:worker_threads';
import { JobQueue } from './job-queue.ts';
import { PROGRESS_NUMBERS, ScanThread } from './scan-thread.ts';
import type { TallyResult } from './tally.ts';
import { WORKER_STATE } from './worker-start.ts';
import type { WorkerStart } from './worker-start.ts';

/** Workers report often enough for a progress line. */
const SLICE_MS = 50;
const WAIT_MS = 1000;

const start = workerData as WorkerStart;
const state = Atomics.compareExchange(
  new Int32Array(start.states), start.index, WORKER_STATE.starting, WORKER_STATE.working,
);
if (state === WORKER_STATE.starting) {
  const progress = new Float64Array(start.progress, start.index * PROGRESS_NUMBERS * 8, PROGRESS_NUMBERS);
  const thread = new ScanThread(new JobQueue(start.queue, start.size), progress, start.options);
  while (thread.run(performance.now() + SLICE_MS, WAIT_MS));
  const result = thread.finish();
  parentPort!.postMessage(result, buffersOf(result));
}

function buffersOf(result: TallyResult): TransferListItem[] {
  const columns = [result.rows, result.links, result.uses].flatMap((set) => Object.values(set));
  return [...columns, result.names].map((column) => column.buffer);
}
