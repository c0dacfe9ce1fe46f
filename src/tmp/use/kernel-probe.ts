/** Asks the kernel of a unit whether anybody has a file of it open, whatever /proc shows. */
import { loadLibc } from '../../system/calls/libc.ts';
import { COUNTS_OPENERS, OpenProbe } from '../../system/files/open-probe.ts';
import type { ProbeAnswer } from '../../system/files/open-probe.ts';
import type { Mount } from '../../model/mount.ts';
import type { Candidate } from '../units/units.ts';

/** One buffer for all units. */
let shared: OpenProbe | undefined;

/** Between two looks at signals and the clock. */
const SLICE_MS = 15;

/** Whether the filesystem counts who has its files open. */
export function isToldByKernel(mount: Mount | undefined): mount is Mount {
  return mount !== undefined && COUNTS_OPENERS.has(mount.type);
}

/** `unknown` where the filesystem, the kernel or this user's rights do not tell of some file. */
export async function askKernel(
  { path, kind }: Candidate,
  mount: Mount | undefined,
  signal: AbortSignal | undefined,
): Promise<ProbeAnswer> {
  if (!isToldByKernel(mount)) return 'unknown';
  // A link cannot be held open, and a socket's life was asked for already.
  if (kind === 'symlink' || kind === 'socket') return 'free';
  const libc = loadLibc();
  if (!libc) return 'unknown';
  const probe = (shared ??= new OpenProbe(libc));
  try {
    probe.begin(path, kind === 'directory');
    while (probe.advance(performance.now() + SLICE_MS)) {
      if (signal?.aborted) return 'unknown';
      await new Promise(setImmediate);
    }
    return probe.answer;
  } finally {
    probe.close();
  }
}
