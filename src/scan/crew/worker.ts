/** A worker thread: waits to be told of a scan, reads until nothing is left, hands its tally over without copying. */
import { parentPort } from 'node:worker_threads';
import type { TransferListItem } from 'node:worker_threads';
import { JobQueue } from '../queue/job-queue.ts';
import { waitWhilePaused } from '../record/record.ts';
import type { RecordMessage } from '../record/record.ts';
import type { TallyResult } from '../tally/tally.ts';
import { PROGRESS_NUMBERS, ScanThread } from './scan-thread.ts';
import { WORKER_STATE } from './worker-start.ts';
import type { WorkerStart } from './worker-start.ts';

/** Workers report often enough for a progress line. */
const SLICE_MS = 50;
const WAIT_MS = 1000;

parentPort!.once('message', (start: WorkerStart) => {
  const { starting, working } = WORKER_STATE;
  const states = new Int32Array(start.states);
  if (Atomics.compareExchange(states, start.index, starting, working) !== starting) return;
  const progress = new Float64Array(start.progress, start.index * PROGRESS_NUMBERS * 8, PROGRESS_NUMBERS);
  const queue = new JobQueue(start.queue, start.size);
  const post = (message: RecordMessage): void => {
    parentPort!.postMessage({ record: message }, [message.bytes.buffer]);
    waitWhilePaused(start.options.record!.pause, () => queue.isStopped());
  };
  const thread = new ScanThread(queue, progress, start.options, post);
  while (thread.run(performance.now() + SLICE_MS, WAIT_MS));
  const result = thread.finish();
  parentPort!.postMessage(result, buffersOf(result));
});

function buffersOf(result: TallyResult): TransferListItem[] {
  const { owners, life } = result;
  const sets = [
    result.rows,
    result.links,
    result.uses,
    ...(owners ? [owners.rows, owners.links] : []),
    ...(life ? [life.rows, life.inodes] : []),
  ];
  return [...sets.flatMap((set) => Object.values(set)), result.names].map((column) => column.buffer);
}
