/** How many threads a scan may have, and how many descriptors each of them. */
import { isRotational } from '../../system/disks/block-device.ts';
import { descriptorLimit, processorCount } from '../../system/machine/machine.ts';
import type { Root } from '../roots/roots.ts';
import type { ThreadPlan } from './thread-growth.ts';

/** What `--threads` is cut to: more never help, and cost memory. */
const MOST_THREADS = 64;
/** Processors worth using: beyond, threads wait for each other inside the kernel. */
const MOST_PROCESSORS = 16;
/** Threads worth having where the disk is what they wait for. */
const MOST_WAITING = 16;
/** Descriptors that Node's own streams and event loop hold, and those of a thread's loop and its current jobs. */
const NODE_DESCRIPTORS = 32;
const THREAD_DESCRIPTORS = 8;
/** Directories worth keeping open for their children. */
const MOST_DESCRIPTORS = 512;

/** Rotating disks lose more by seeking than they win by threads. */
export function planThreads(threads: number | undefined, roots: readonly Root[]): ThreadPlan {
  const isRemote = roots.some(({ mount }) => mount?.kind === 'network');
  const cores = Math.min(processorCount(), MOST_PROCESSORS);
  const rotates = roots.some(({ mount }) => mount && isRotational(mount));
  const wanted = threads ?? (rotates ? 2 : Math.max(MOST_WAITING, cores * 2));
  const affordable = Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / (2 * THREAD_DESCRIPTORS));
  const most = Math.max(1, Math.min(wanted, MOST_THREADS, affordable));
  return { warm: Math.min(threads ?? cores, most), most, isRemote };
}

/** Directories that a thread may keep open. */
export function descriptorsPerThread({ most }: ThreadPlan): number {
  const own = Math.floor((descriptorLimit() - NODE_DESCRIPTORS) / most) - THREAD_DESCRIPTORS;
  return Math.min(MOST_DESCRIPTORS, own);
}
