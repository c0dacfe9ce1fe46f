/** Whether rounds that repeat are without gain: what is done between failures, and what is meant to end, makes them work. */
import type { Findings } from './findings.ts';
import { ramp } from '../times/ramp.ts';

/** A program that crashes at its start is started again within seconds, and what fails tries again as soon. */
const UNHURRIED_SECONDS = 20;
/** What works for so long before it fails again is kept up: servers close what is idle after a few minutes. */
const KEPT_SECONDS = 180;

/**
 * 1 where nothing speaks for the rounds, less the more is done in them.
 * @param restart near 1 where each round is another process: what a program says of itself at each start is no work.
 */
export function futility(found: Findings, restart: number): number {
  // Rounds that end in something new done are work with a fault in it.
  const worked = 1 - 0.6 * ramp(found.progress, 0.3, 0.8);
  const told = restart < 0.5 ? 1 - 0.15 * ramp(found.news, 0.3, 0.8) : 1;
  // What fails at times, and at others does not, goes on.
  const succeeded = 1 - 0.6 * ramp(found.successes, 0.3, 0.8);
  return blamelessness(found) * worked * told * succeeded * (restart < 0.5 && isKept(found) ? 0.45 : 1);
}

/** Whether each round ends well, and the next is far. */
function isKept({ mates, pace }: Findings): boolean {
  return pace !== null && pace.everySeconds > KEPT_SECONDS && mates.some(({ meaning }) => meaning.succeeds);
}

/** Below 1 where the rounds say of no failure that could not be none, or come to an end in spite of it. */
function blamelessness({ mates, pace }: Findings): number {
  const failing = mates.filter(({ meaning }) => meaning.fails);
  const isFaint = failing.length > 0 && failing.every(({ meaning }) => meaning.faint);
  const isUnhurried = pace !== null && pace.everySeconds > UNHURRIED_SECONDS;
  const isDeadly = mates.some(({ meaning }) => meaning.dies || meaning.traced);
  // What is replaced by design, or ends well and in its own time, is no crash.
  const isPlanned = mates.some(({ meaning }) => meaning.planned);
  if (isFaint && !isDeadly) return isPlanned ? 0.4 : isUnhurried ? 0.45 : 0.75;
  const endsWell = isUnhurried && mates.some(({ meaning }) => meaning.endsWell);
  if (failing.length === 0 && (isPlanned || endsWell)) return 0.4;
  // A step that fails while the whole is done each time is a blemish of the job.
  return isUnhurried && !isDeadly && mates.some(({ meaning }) => meaning.finishes) ? 0.5 : 1;
}
