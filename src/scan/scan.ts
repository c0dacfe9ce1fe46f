/** The door of the room: sizes trees, and keeps the promise of du: every inode once, to the byte. */
import { parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { FileId } from '../model/file-id.ts';
import type { OwnedPathsColumns } from '../model/owned-paths.ts';
import type { RootResult, ScanResult, SourceName } from '../model/scan-result.ts';
import { BLOCK_BYTES } from '../model/size.ts';
import { loadLibc } from '../system/calls/libc.ts';
import { isRotational } from '../system/disks/block-device.ts';
import { descriptorLimit, processorCount } from '../system/machine/machine.ts';
import { canWalk } from '../system/directories/root-directory.ts';
import { addRoot, Crew, ownerNodeOf } from './crew/crew.ts';
import { boundaryTables } from './roots/roots.ts';
import type { Boundaries, Root } from './roots/roots.ts';
import { collectProblems, collectRanked, merge, mergeOwners } from './merge/merge.ts';
import { JobQueue } from './queue/job-queue.ts';
import { planBulk } from './volumes/volumes.ts';
import type { BulkRequest } from './volumes/volumes.ts';
import type { Life, MergeRoot } from './merge/merge.ts';
import { Recording } from './record/record.ts';
import type { RecordSink } from './record/record.ts';
import type { LifeOptions } from './tally/tally.ts';
import type { ThreadOptions, ThreadPlan } from './crew/crew.ts';

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

/** What to scan and how. */
export interface ScanRequest {
  /** None inside another (see dropContained). */
  readonly roots: readonly Root[];
  readonly boundaries: Boundaries;
  readonly source: 'auto' | SourceName;
  /** undefined: as many as the work deserves. */
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly largestCount: number;
  readonly rankByApparent: boolean;
  readonly nowSeconds: number;
  /**
   * In bulk: what was changed in the last so many seconds is looked at by statx; where left out, what the kernel may
   * not have written yet.
   */
  readonly restSeconds?: number | undefined;
  /** Given where bytes are to be counted by owner: by package as this table says, and by user. */
  readonly ownedPaths?: OwnedPathsColumns | undefined;
  /** Signs of life are noted for those who ask whether a tree may go; undefined where nobody does. */
  readonly life?: LifeOptions | undefined;
}

/** What was asked for beside the sizes. */
export interface LivingScanResult extends ScanResult {
  /** Undefined where the request has no `life`. */
  readonly life: Life | undefined;
}

/** How far a scan has come. */
export interface ScanProgress {
  readonly entries: number;
  readonly diskBytes: number;
  readonly seconds: number;
  /** Where the main thread is reading. */
  readonly path: ByteString | undefined;
}

/** What a caller may want to do while the scan runs. */
export interface ScanHooks {
  /** Ends the scan early; the result is then marked `interrupted`. */
  readonly signal?: AbortSignal;
  /** What processes hold, asked once, by this thread, while others have begun to walk. */
  readonly readHeld?: () => ReadonlySet<FileId>;
  /** Asked every few milliseconds whether it wants to know; called only then. */
  readonly wantsProgress?: () => boolean;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** The memory of a LiveTable, to be filled while the scan runs. */
  readonly live?: SharedArrayBuffer;
  /** Takes every entry of the one root, as items of ncdu's JSON that stand in it. */
  readonly record?: RecordSink | undefined;
}

/** What `--threads` is cut to: more never help, and cost memory. */
const MOST_THREADS = 64;
/** Processors worth using: beyond, threads wait for each other inside the kernel. */
const MOST_PROCESSORS = 16;
/** Descriptors that Node's own streams and event loop hold, and those of a thread's loop and its current jobs. */
const NODE_DESCRIPTORS = 32;
const THREAD_DESCRIPTORS = 8;
/** Directories worth keeping open for their children. */
const MOST_DESCRIPTORS = 512;
/** Threads worth having where the disk is what they wait for. */
const MOST_WAITING = 16;

/** Sizes the roots. Trouble with single paths is in the result, never thrown. */
export async function scan(request: ScanRequest, hooks: ScanHooks = {}): Promise<LivingScanResult> {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const source = chooseSource(request.source);
  const plan = planThreads(request);
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
    source: bulk.directories > 0 ? 'ext4' : source,
    bulkDirectories: bulk.directories,
    notices: bulk.notices(),
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
    throw new UsageError(`--source ${wanted} needs Linux 5.8 and glibc 2.28; use --source portable`);
  return 'portable';
}

function bulkRequest(
  { roots, boundaries, source, life, restSeconds }: ScanRequest,
  isRecorded: boolean,
): BulkRequest {
  const isAlive = life !== undefined && life.within === undefined;
  return { roots, boundaries, source, needsWalk: isAlive || isRecorded, restSeconds };
}

/** Rotating disks lose more by seeking than they win by threads. */
function planThreads({ threads, roots }: ScanRequest): ThreadPlan {
  const isRemote = roots.some(({ mount }) => mount?.kind === 'network');
  const cores = Math.min(processorCount(), MOST_PROCESSORS);
  const rotates = roots.some(({ mount }) => mount && isRotational(mount));
  const wanted = threads ?? (rotates ? 2 : Math.max(MOST_WAITING, cores * 2));
  const affordable = Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / (2 * THREAD_DESCRIPTORS));
  const most = Math.max(1, Math.min(wanted, MOST_THREADS, affordable));
  return { warm: Math.min(threads ?? cores, most), most, isRemote };
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
    volumes: [],
    ...boundaryTables(request.boundaries, request.roots),
    mostDescriptors: Math.min(
      MOST_DESCRIPTORS,
      Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / plan.most) - THREAD_DESCRIPTORS,
    ),
  };
}

function toMergeRoot({ path, stat }: Root): MergeRoot {
  const isDirectory = stat.isDirectory();
  return { path, isDirectory, usePath: isDirectory ? path : parentPath(path) };
}
