/** What the kernel says of a unit's files that would go, or wait for what cannot be seen. */
import type { TmpReason } from '../../model/tmp-reason.ts';
import type { JudgedUnit } from '../judged-unit.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { Candidate } from '../units/units.ts';
import { ownerCanToo } from './owner-advice.ts';
import { askKernel, isOnlyOwn, isSettledByProbe, isToldByKernel } from '../use/use.ts';
import type { Sight } from '../use/use.ts';

export interface ProbeContext {
  readonly sight: Sight;
  readonly uid: number;
  readonly roots: readonly UnitRoot[];
  readonly signal: AbortSignal | undefined;
  /** As TmpRequest has it. */
  readonly isDeletedNext: boolean | undefined;
}

/**
 * The judged unit with what the kernel says, which is asked of each that would go: whoever has a file open in a way that
 * /proc does not show is seen by it. Where it is deleted next, the guard asks the same of every file, and has to get
 * an answer where it is the kernel alone that can tell. Unchanged where it need not or cannot be asked.
 */
export async function probed(
  unit: Candidate,
  judged: JudgedUnit,
  context: ProbeContext,
): Promise<JudgedUnit> {
  const { sight, uid, roots, signal, isDeletedNext } = context;
  const isOpenQuestion =
    judged.verdict === 'unknown' &&
    (judged.reason.code === 'hidden-processes' || judged.reason.code === 'blind');
  const isAsked = isOpenQuestion
    ? isSettledByProbe(sight, unit, uid, judged.ageMs)
    : judged.verdict === 'deletable' && isDeletedNext !== true;
  if (!isAsked) return judged;
  const { mount } = roots[unit.root];
  if (isDeletedNext === true && sight.level === 'most' && isToldByKernel(mount))
    return free(unit, judged, { code: 'unheld-asked-kernel' });
  const answer = await askKernel(unit, mount, signal);
  if (answer === 'open')
    return { ...judged, verdict: 'in-use', reason: { code: 'opened-unseen' }, advice: undefined };
  if (!isOpenQuestion) return judged;
  if (answer === 'free') return free(unit, judged, { code: 'unheld-asked-kernel' });
  return isOnlyOwn(sight, unit, uid) ? free(unit, judged, { code: 'unheld-own' }) : judged;
}

function free(unit: Candidate, judged: JudgedUnit, reason: TmpReason): JudgedUnit {
  return { ...judged, verdict: 'deletable', reason, advice: ownerCanToo(unit) };
}
