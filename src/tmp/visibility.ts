/** How much of the machine's processes can be seen, and what that leaves open about a unit. */
import type { OpenFiles } from '../model/process.ts';
import { maySeeAllProcesses } from '../system/machine/capabilities.ts';
import { readProcess } from '../system/processes/process-identity.ts';
import type { Candidate } from './candidate.ts';

/**
 * `full`: every process. `most`: the asking user may look at all, but a few shield themselves. `own`: all of the
 * asking user's, not all of others. `some`: not even all of his own. `blind`: there may be processes that do not even
 * show their pid.
 */
export interface Sight {
  readonly level: 'full' | 'most' | 'own' | 'some' | 'blind';
  readonly processes: number;
  readonly hidden: number;
  /** "37 of 212 processes are not visible to you"; undefined where all are. */
  readonly gap: string | undefined;
}

/** @param uid who asks. */
export function sightOf({ processes, hiddenPids, blindSpots }: OpenFiles, uid: number): Sight {
  const hidden = hiddenPids.length;
  const counts = { processes, hidden };
  const [spot] = blindSpots;
  if (spot !== undefined) return { ...counts, level: 'blind', gap: gaps[spot] };
  if (hidden === 0) return { ...counts, level: 'full', gap: undefined };
  const gap = `${hidden} of ${processes} processes ${hidden === 1 ? 'is' : 'are'} not visible to you`;
  if (maySeeAllProcesses()) return { ...counts, level: 'most', gap };
  const someOwn = uid === 0 || hiddenPids.some((pid) => (readProcess(pid)?.uid ?? uid) === uid);
  return { ...counts, level: someOwn ? 'some' : 'own', gap };
}

const gaps = {
  'no-proc': 'there is no /proc that shows what processes hold',
  hidepid: 'processes of others are hidden (hidepid)',
  'pid-namespace': 'processes outside this container are out of sight',
} as const;

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
