/** Where a scan begins: each root is counted by the main thread, and what is below it goes into the queue. */
import { baseName, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { OwnedPaths } from '../../model/owned-paths.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';
import type { SourceName } from '../../model/scan-result.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import { emptyEntryStat, fillFromStats } from '../tally/tally.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { Root } from '../roots/roots.ts';
import { isTop } from '../sources/sources.ts';
import type { ScanThread } from './scan-thread.ts';

/** Counts the root itself and puts what is below it into the queue. */
export function addRoot(
  { stat, path, descriptor, index, ownerNode }: Root & { readonly index: number; readonly ownerNode: number },
  source: SourceName,
  queue: JobQueue,
  crew: { readonly main: ScanThread },
): void {
  const { tally, life } = crew.main;
  const id = queue.nextDirectory();
  const mtime = Math.floor(stat.mtimeMs / 1000);
  if (stat.isDirectory()) {
    tally.addDirectory(id, ABOVE_ROOTS, index, stat.blocks, mtime, stat.uid, new Uint8Array(0), 0, 0);
    const mountId = source === 'portable' ? stat.dev : 0;

    queue.push({
      kind: 'directory',
      directory: id,
      root: index,
      mountId,
      ownerNode,
      isAlive: life !== undefined && isTop(toBuffer(path), life),
      volume: -1,
      inode: 0,
      descriptor: -1,
      // A magic link: what is open, not what its path leads to by now.
      path:
        descriptor === undefined || source === 'portable'
          ? path
          : (`/proc/self/fd/${descriptor}/.` as ByteString),
      slot: -1,
      length: 0,
    });
    return;
  }
  const name = toBuffer(baseName(path));
  const entry = emptyEntryStat();
  fillFromStats(entry, stat, toBuffer(path));
  const row = tally.addRow(id, ABOVE_ROOTS, index);
  tally.setOwnerNode(row, ownerNode);
  tally.enter(row);
  tally.addEntry(entry, name, 0, name.length);
}

/** The table's node of the directory that is read: a file's own is that of the directory it lies in. */
export function ownerNodeOf({ path, stat }: Root, ownedPaths: OwnedPathsColumns | undefined): number {
  if (!ownedPaths) return 0;
  return new OwnedPaths(ownedPaths).find(stat.isDirectory() ? path : parentPath(path));
}
