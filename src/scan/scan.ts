/** The door of the room: sizes trees, and keeps the promise of du: every inode once, to the byte. */
import { parentPath } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { FileId } from '../model/file-id.ts';
import type { RootResult } from '../model/scan-result.ts';
import { BLOCK_BYTES } from '../model/size.ts';
import { loadLibc } from '../system/calls/libc.ts';
import { canWalk } from '../system/directories/root-directory.ts';
import { addRoot, Crew, descriptorsPerThread, ownerNodeOf, planThreads } from './crew/crew.ts';
import { boundaryTables } from './roots/roots.ts';
import type { Root } from './roots/roots.ts';
import { collectProblems, collectRanked, merge, mergeOwners } from './merge/merge.ts';
import { JobQueue } from './queue/job-queue.ts';
import { NO_VOLUMES, planBulk } from './volumes/volumes.ts';
import type { BulkRequest } from './volumes/volumes.ts';
import type { MergeRoot } from './merge/merge.ts';
import { Recording } from './record/record.ts';
import type { LivingScanResult, ScanHooks, ScanRequest } from './scan-request.ts';
import type { ThreadOptions, ThreadPlan } from './crew/crew.ts';

export type { LivingScanResult, ScanHooks, ScanProgress, ScanRequest } from './scan-request.ts';
export { dropContained, planBoundaries, resolveRoot, visibleMounts } from './roots/roots.ts';
export type { Boundaries, Root } from './roots/roots.ts';
export { LiveTable } from './live/live-table.ts';
export { useOfPath } from './merge/merge.ts';
export { HeldInodes, LIFE_FLAG } from './tally/tally.ts';
export type { LifeOptions } from './tally/tally.ts';
export { EntryText, recordedStat } from './record/record.ts';
export type { RecordSink } from './record/record.ts';
export { emptyEntryStat } from './tally/tally.ts';
export { RecordedScan } from './recorded-scan.ts';
export type { RecordedScanOptions } from './recorded-scan.ts';
export { timesOf } from './sources/sources.ts';
export type { Life, LifeEntry } from './merge/merge.ts';

/** Sizes the roots. Trouble with single paths is in the result, never thrown. */
export async function scan(request: ScanRequest, hooks: ScanHooks = {}): Promise<LivingScanResult> {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const source = chooseSource(request.source);
  const plan = planThreads(request.threads, request.roots);
  const queue = new JobQueue(undefined, { threads: plan.most, roots: request.roots.length });
  const recording = hooks.record && new Recording(1, hooks.record);
  using bulk = planBulk(bulkRequest(request, recording !== undefined), source);
  const crew = new Crew(
    queue,
    plan,
    threadOptions(request, source, plan, { recording, live: hooks.live }),
    bulk.isLater ? () => bulk.open() : undefined,
    (message, thread) => recording!.take(message, thread),
  );
  if (!bulk.isLater) crew.attach(bulk.open());
  const held = once(hooks.readHeld ?? (() => new Set<FileId>()));
  queue.nextDirectory(); // Number 0 stands above the roots.
  for (const [index, root] of request.roots.entries()) {
    const ownerNode = ownerNodeOf(root, request.ownedPaths);
    addRoot({ ...root, index, ownerNode }, source, queue, crew);
  }

  const stop = (): void => queue.stop();
  if (hooks.signal?.aborted) stop();
  hooks.signal?.addEventListener('abort', stop, { once: true });
  try {
    await crew.run(() => {
      held();
      if (!hooks.wantsProgress?.()) return recording?.keepPace();
      const { entries, blocks } = crew.progress();
      hooks.onProgress?.({
        entries,
        diskBytes: blocks * BLOCK_BYTES,
        seconds: seconds(),
        path: crew.currentPath(),
      });
      return recording?.keepPace();
    });
  } finally {
    hooks.signal?.removeEventListener('abort', stop);
  }
  const interrupted = queue.isStopped();
  const threads = crew.threads;
  const tallies = await crew.finish();
  if (recording?.isWhole === false && !interrupted) throw new Error('the record of a scan has a gap');

  const merged = merge(
    tallies,
    queue.directoryCount(),
    request.roots.map(toMergeRoot),
    request.nowSeconds,
    held(),
  );
  const problems = collectProblems(tallies, merged.tree);
  return {
    source: bulk.usedSource ?? source,
    bulkDirectories: bulk.directories,
    notices: bulk.notices(),
    uncommitted: bulk.uncommitted,
    nameless: bulk.nameless,
    seconds: seconds(),
    threads,
    complete: problems.count === 0 && !interrupted,
    interrupted,
    tree: merged.tree,
    roots: request.roots.map((root, index): RootResult => ({
      path: root.path,
      directory: index + 1,
      isDirectory: root.stat.isDirectory(),
      totals: merged.totals[index],
      breakdown: merged.breakdowns[index],
    })),
    largestFiles: collectRanked(
      tallies.map(({ largest }) => largest),
      merged.tree,
      request.largestCount,
    ),
    unevenFiles: collectRanked(
      tallies.map(({ uneven }) => uneven),
      merged.tree,
      Infinity,
    ),
    notedDirectories:
      request.notedName === undefined ? undefined : new Set(tallies.flatMap(({ noted }) => noted)),
    problems,
    excluded: tallies.reduce((sum, tally) => sum + tally.excluded, 0),
    owners: mergeOwners(tallies, merged.tree, request.roots.length),
    life: merged.life,
  };
}

function once<T>(read: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= read());
}

function chooseSource(wanted: ScanRequest['source']): 'walk' | 'portable' {
  if (wanted === 'portable') return 'portable';
  const libc = loadLibc();
  if (libc && canWalk(libc)) return 'walk';
  if (wanted !== 'auto')
    throw new UsageError(`--source ${wanted} needs Linux 5.8 and glibc 2.28 or musl; use --source portable`);
  return 'portable';
}

function bulkRequest(
  { roots, boundaries, source, life, restSeconds }: ScanRequest,
  isRecorded: boolean,
): BulkRequest {
  const isAlive = life !== undefined && life.within === undefined;
  return { roots, boundaries, source, needsWalk: isAlive || isRecorded, restSeconds };
}

function threadOptions(
  request: ScanRequest,
  source: 'walk' | 'portable',
  plan: ThreadPlan,
  { recording, live }: { readonly recording: Recording | undefined; readonly live: ScanHooks['live'] },
): ThreadOptions {
  const kernel = request.boundaries.left.filter(({ kind }) => kind === 'kernel');
  return {
    source,
    tally: {
      nowSeconds: request.nowSeconds,
      largestCount: request.largestCount,
      rankByApparent: request.rankByApparent,
      notedName: request.notedName,
      ownedPaths: request.ownedPaths,
      live,
    },
    exclude: request.exclude,
    life: request.life,
    record: recording && {
      kernelMountIds: new Set(kernel.map(({ id }) => id)),
      kernelMountPoints: new Set(kernel.map(({ mountPoint }) => mountPoint)),
      pause: recording.pause,
    },
    isRemote: plan.isRemote,
    volumes: NO_VOLUMES,
    ...boundaryTables(request.boundaries, request.roots),
    mostDescriptors: descriptorsPerThread(plan),
  };
}

function toMergeRoot({ path, stat }: Root): MergeRoot {
  const isDirectory = stat.isDirectory();
  return { path, isDirectory, usePath: isDirectory ? path : parentPath(path) };
}
