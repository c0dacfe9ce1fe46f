/** What a worker thread is told when it starts: apart from worker.ts, which begins to work when imported. */
import type { QueueSize } from '../queue/job-queue.ts';
import type { ThreadOptions } from './scan-thread.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly queue: SharedArrayBuffer;
  readonly size: QueueSize;
  readonly progress: SharedArrayBuffer;
  /** One number per thread, of WORKER_STATE. */
  readonly states: SharedArrayBuffer;
  readonly index: number;
  readonly options: ThreadOptions;
}

export const WORKER_STATE = { starting: 0, working: 1, cancelled: 2 } as const;
