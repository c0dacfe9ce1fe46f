/**
 * The helping thread: removes plain files with one name that are exactly what the guard read, and leaves everything
 * else, surprises included, to the main thread.
 */
import { parentPort } from 'node:worker_threads';
import { IDENTITY_WORD, entryHash, hashEntry } from '../../model/entry-digest.ts';
import { chooseDirectoryCalls } from '../../system/directories/choose-directory-calls.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { HashSet } from '../guard/hash-set.ts';
import { SweepRing } from './sweep-ring.ts';
import type { Swept, SweepJob } from './sweep-ring.ts';

/** What the thread is told of each unit. */
export interface SweepStart {
  readonly ring: SharedArrayBuffer;
  readonly hashes: SharedArrayBuffer;
}

parentPort!.on('message', (start: SweepStart | undefined) => {
  // The run is over.
  if (!start) {
    parentPort!.close();
    return;
  }
  const { ring: memory, hashes: words } = start;
  const calls = chooseDirectoryCalls('auto');
  if (!calls) return;
  const ring = new SweepRing(memory);
  const hashes = HashSet.over(words);
  ring.serve((job, swept) => sweep(calls, hashes, job, swept, ring));
});

function sweep(calls: DirectoryCalls, hashes: HashSet, job: SweepJob, swept: Swept, ring: SweepRing): void {
  const reader = calls.read(job.descriptor);
  const { look } = calls;
  const { words } = look;
  while (!ring.isStopped() && reader.next()) {
    if (!reader.look() || look.mountId !== job.mountId) continue;
    if ((words[IDENTITY_WORD.mode] & FILE_TYPE.mask) === FILE_TYPE.directory) continue;
    if (words[IDENTITY_WORD.links] !== 1) continue;
    words[IDENTITY_WORD.parentInodeLow] = job.inodeLow;
    words[IDENTITY_WORD.parentInodeHigh] = job.inodeHigh;
    hashEntry(words, reader.nameBytes, reader.nameStart, reader.nameEnd);
    if (!hashes.has(entryHash.low, entryHash.high)) continue;
    const { blocks } = look;
    if (reader.unlink()) {
      swept.removed++;
      swept.blocks += blocks;
    } else if (calls.failure !== 'ENOENT') break;
  }
  reader.release();
}
