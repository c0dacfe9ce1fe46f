/** How much of the machine's processes can be seen, and what that leaves open about a unit. */
import type { OpenFiles } from '../model/process.ts';
import { readProcess } from '../system/process-identity.ts';
import type { Candidate } from './candidate.ts';

/**
 * `full`: every process. `own`: all of the asking user, and not all of others. `partial`: some of the asking user's own
 * are out of sight, or there may be processes that do not even show their pid.
 */
export interface Sight {
  readonly level: 'full' | 'own' | 'partial';
  readonly processes: number;
  readonly hidden: number;
  /** "37 of 212 processes are not visible": undefined where all are. */
  readonly blind: string | undefined;
}

/** @param uid who asks. */
export function sightOf({ processes, hiddenPids, blindSpots }: OpenFiles, uid: number): Sight {
  const hidden = hiddenPids.length;
  const counts = { processes, hidden };
  const [spot] = blindSpots;
  if (spot !== undefined) return { ...counts, level: 'partial', blind: blindness[spot] };
  if (hidden === 0) return { ...counts, level: 'full', blind: undefined };
  const blind = `${hidden} of ${processes} processes are not visible to you`;
  const someOwn = hiddenPids.some((pid) => (readProcess(pid)?.uid ?? uid) === uid);
  return { ...counts, level: uid === 0 || someOwn ? 'partial' : 'own', blind };
}

const blindness = {
  'no-proc': 'there is no /proc that shows what processes hold',
  hidepid: 'processes of others are hidden (hidepid)',
  'pid-namespace': 'processes outside this container are out of sight',
} as const;

const GROUP_AND_OTHERS = 0o077n;

/** Whether nobody but its owner and root can open anything in it. */
export function isPrivate({ stat, kind }: Candidate): boolean {
  return (kind === 'directory' || kind === 'file') && (stat.mode & GROUP_AND_OTHERS) === 0n;
}

/** Whether "nobody holds it" can be said of a unit that no visible process holds. */
export function canTell(sight: Sight, candidate: Candidate, uid: number): boolean {
  if (sight.level === 'full') return true;
  return sight.level === 'own' && Number(candidate.stat.uid) === uid && isPrivate(candidate);
}
