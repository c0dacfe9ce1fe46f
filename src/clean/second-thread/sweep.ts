/** The second thread's part of a removal: plain files with one name that are exactly what the guard read. */
import { IDENTITY_WORD, entryHash, hashEntry } from '../../model/entry-digest.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { HashSet } from '../guard/hash-set.ts';
import type { SweepRing, Swept, SweepJob } from './sweep-ring.ts';

/** Removes them from one directory, and leaves everything else, surprises included, to the main thread. */
export function sweep(
  calls: DirectoryCalls,
  hashes: HashSet,
  job: SweepJob,
  swept: Swept,
  ring: SweepRing,
): void {
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
