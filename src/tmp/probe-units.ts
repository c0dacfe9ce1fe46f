/** Where some processes are hidden: asks the kernel of each unit that would go whether anybody has a file of it open. */
import type { TmpUnit } from '../model/tmp-report.ts';
import { loadLibc } from '../system/calls/libc.ts';
import { OpenProbe } from '../system/files/open-probe.ts';
import type { ProbeAnswer } from '../system/files/open-probe.ts';
import type { Candidate, UnitRoot } from './candidate.ts';
import { isOnlyOwn, isSettledByProbe } from './visibility.ts';
import type { Sight } from './visibility.ts';

/** Filesystems whose inodes count who has them open. An overlay's mappings hold another inode than its descriptors. */
const HONEST = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'tmpfs', 'ramfs']);
/** One buffer for all units. */
let shared: OpenProbe | undefined;

/** Between two looks at signals and the clock. */
const SLICE_MS = 15;

export interface ProbeContext {
  readonly sight: Sight;
  readonly uid: number;
  readonly roots: readonly UnitRoot[];
  readonly signal: AbortSignal | undefined;
}

/** The judged unit with what the kernel says; unchanged where it need not or cannot be asked. */
export async function probed(unit: Candidate, judged: TmpUnit, context: ProbeContext): Promise<TmpUnit> {
  const { sight, uid, roots } = context;
  const isOpenQuestion = judged.keepReason === 'in-use-unknown' && judged.reason === sight.gap;
  if (!isOpenQuestion || !isSettledByProbe(sight, unit, uid, judged.ageMs)) return judged;
  const mount = roots[unit.root].mount;
  const answer = mount && HONEST.has(mount.type) ? await ask(unit, context.signal) : 'unknown';
  if (answer === 'open') {
    const reason = `a process that is not visible to you has ${unit.kind === 'file' ? 'it' : 'a file of it'} open`;
    return { ...judged, verdict: 'in-use', keepReason: 'in-use', reason, remedy: undefined };
  }
  if (answer === 'free') {
    const what = unit.kind === 'file' ? 'it' : 'a file of it';
    return free(unit, judged, `nobody has ${what} open, hidden processes included`);
  }
  return isOnlyOwn(sight, unit, uid)
    ? free(unit, judged, 'nobody you can see holds it, and none but you and root could')
    : judged;
}

function free(unit: Candidate, judged: TmpUnit, reason: string): TmpUnit {
  const command = unit.entry?.command;
  return {
    ...judged,
    verdict: 'deletable',
    keepReason: undefined,
    reason,
    remedy: command === undefined ? undefined : { text: 'its owner can do it too', command },
  };
}

async function ask(unit: Candidate, signal: AbortSignal | undefined): Promise<ProbeAnswer> {
  // A link cannot be held open, and a socket's life was asked for already.
  if (unit.kind === 'symlink' || unit.kind === 'socket') return 'free';
  const libc = loadLibc();
  if (!libc) return 'unknown';
  const probe = (shared ??= new OpenProbe(libc));
  try {
    probe.begin(unit.path, unit.kind === 'directory');
    while (probe.advance(performance.now() + SLICE_MS)) {
      if (signal?.aborted) return 'unknown';
      await new Promise(setImmediate);
    }
    return probe.answer;
  } finally {
    probe.close();
  }
}
