/** How many threads a scan deserves here, and how many directories each may keep open. */
import { isRotational } from '../system/disks/block-device.ts';
import { descriptorLimit, processorCount } from '../system/machine/machine.ts';
import type { ThreadPlan } from './crew/crew.ts';
import type { Root } from './roots/roots.ts';

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

interface ThreadsAsked {
  readonly roots: readonly Root[];
  /** Undefined: as many as the work deserves. */
  readonly threads: number | undefined;
}

/** Rotating disks lose more by seeking than they win by threads. */
export function planThreads({ threads, roots }: ThreadsAsked): ThreadPlan {
  const isRemote = roots.some(({ mount }) => mount?.kind === 'network');
  const cores = Math.min(processorCount(), MOST_PROCESSORS);
  const rotates = roots.some(({ mount }) => mount && isRotational(mount));
  const wanted = threads ?? (rotates ? 2 : Math.max(MOST_WAITING, cores * 2));
  const affordable = Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / (2 * THREAD_DESCRIPTORS));
  const most = Math.max(1, Math.min(wanted, MOST_THREADS, affordable));
  return { warm: Math.min(threads ?? cores, most), most, isRemote };
}

/** Directories that a thread may keep open for their children. */
export function mostDescriptors({ most }: ThreadPlan): number {
  return Math.min(
    MOST_DESCRIPTORS,
    Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / most) - THREAD_DESCRIPTORS,
  );
}
