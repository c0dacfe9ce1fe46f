/** How much of the machine's processes can be seen, and what that leaves open about a unit. */
import type { OpenFiles } from '../../model/process.ts';
import type { TmpDoubt } from '../../model/tmp-reason.ts';
import { maySeeAllProcesses } from '../../system/machine/capabilities.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Candidate } from '../units/units.ts';

/**
 * `full`: every process. `most`: the asking user may look at all, but a few shield themselves. `own`: all of the
 * asking user's, not all of others. `some`: not even all of his own. `blind`: there may be processes that do not even
 * show their pid.
 */
export interface Sight {
  readonly level: 'full' | 'most' | 'own' | 'some' | 'blind';
  readonly processes: number;
  readonly hidden: number;
  /** What that leaves open; undefined where every process is seen. */
  readonly gap: TmpDoubt | undefined;
}

/** @param uid who asks. */
export function sightOf({ processes, hiddenPids, blindSpots }: OpenFiles, uid: number): Sight {
  const hidden = hiddenPids.length;
  const counts = { processes, hidden };
  const [spot] = blindSpots;
  if (spot !== undefined) return { ...counts, level: 'blind', gap: { code: 'blind', spot } };
  if (hidden === 0) return { ...counts, level: 'full', gap: undefined };
  const gap = { code: 'hidden-processes', hidden, processes } as const;
  if (maySeeAllProcesses()) return { ...counts, level: 'most', gap };
  const someOwn = uid === 0 || hiddenPids.some((pid) => (readProcess(pid)?.uid ?? uid) === uid);
  return { ...counts, level: someOwn ? 'some' : 'own', gap };
}

/** Who works in a directory for as long as this leaves some trace in it. */
const LONG_UNUSED_MS = 7 * 86_400_000;

const GROUP_AND_OTHERS = 0o077n;

/** Whether nobody but its owner and root can open anything in it, or work in it. */
function isPrivate({ stat }: Candidate): boolean {
  return (stat.mode & GROUP_AND_OTHERS) === 0n;
}

/** Where the kernel cannot be asked: whether only the asking user, all of whose processes are seen, and root could hold it. */
export function isOnlyOwn({ level }: Sight, unit: Candidate, uid: number): boolean {
  return level === 'own' && Number(unit.stat.uid) === uid && isPrivate(unit);
}

/**
 * Whether it can be said once the kernel has said that no file of the unit is open. What remains unseen is a hidden
 * process that works in one of its directories: only where few shield themselves, where nobody else can enter, or
 * where nothing has happened for a week is that taken for unlikely enough.
 */
export function isSettledByProbe(
  { level }: Sight,
  unit: Candidate,
  uid: number,
  ageMs: number | undefined,
): boolean {
  if (level === 'blind') return false;
  if (level === 'full' || level === 'most' || unit.kind !== 'directory') return true;
  return uid !== 0 && (isPrivate(unit) || (ageMs !== undefined && ageMs >= LONG_UNUSED_MS));
}
