/** The second thread: asks the kernel who has the files of a unit open, and removes files with the main thread. */
import { parentPort } from 'node:worker_threads';
import { loadLibc } from '../../system/calls/libc.ts';
import { chooseDirectoryCalls } from '../../system/directories/choose-directory-calls.ts';
import { OpenProbe } from '../../system/files/open-probe.ts';
import type { ProbeAnswer } from '../../system/files/open-probe.ts';
import { HashSet } from '../guard/hash-set.ts';
import { isMainThreads } from './share.ts';
import { sweep } from './sweep.ts';
import { SweepRing } from './sweep-ring.ts';

/** What the thread is asked; `end` when the run is over. */
export type SecondThreadTask =
  | { readonly task: 'sweep'; readonly ring: SharedArrayBuffer; readonly hashes: SharedArrayBuffer }
  /** Of files that are not the main thread's to ask about. @param stop its first word is 1 when nobody waits for the answer any more. */
  | { readonly task: 'ask'; readonly directory: number; readonly stop: SharedArrayBuffer }
  | { readonly task: 'end' };

/** Between two looks at whether the answer is still wanted. */
const SLICE_MS = 15;

const calls = chooseDirectoryCalls('auto');

parentPort!.on('message', (task: SecondThreadTask) => {
  if (task.task === 'end') {
    parentPort!.close();
  } else if (task.task === 'ask') {
    parentPort!.postMessage(answerOf(task.directory, new Int32Array(task.stop)));
  } else if (calls) {
    const ring = new SweepRing(task.ring);
    const hashes = HashSet.over(task.hashes);
    ring.serve((job, swept) => sweep(calls, hashes, job, swept, ring));
  }
});

function answerOf(directory: number, stop: Int32Array): ProbeAnswer {
  const libc = loadLibc();
  if (!libc) return 'unknown';
  const probe = new OpenProbe(libc);
  probe.beginIn(directory, isMainThreads);
  while (probe.advance(performance.now() + SLICE_MS)) {
    if (Atomics.load(stop, 0) === 0) continue;
    probe.close();
    return 'unknown';
  }
  return probe.answer;
}
