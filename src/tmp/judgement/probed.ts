/** A verdict that waits for what cannot be seen, once the kernel was asked of the unit's files. */
import type { TmpReason } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { Candidate } from '../units/units.ts';
import { askKernel, isOnlyOwn, isSettledByProbe } from '../use/use.ts';
import type { Sight } from '../use/use.ts';

export interface ProbeContext {
  readonly sight: Sight;
  readonly uid: number;
  readonly roots: readonly UnitRoot[];
  readonly signal: AbortSignal | undefined;
}

/** The judged unit with what the kernel says; unchanged where it need not or cannot be asked. */
export async function probed(unit: Candidate, judged: TmpUnit, context: ProbeContext): Promise<TmpUnit> {
  const { sight, uid, roots, signal } = context;
  const isOpenQuestion =
    judged.verdict === 'unknown' &&
    (judged.reason.code === 'hidden-processes' || judged.reason.code === 'blind');
  if (!isOpenQuestion || !isSettledByProbe(sight, unit, uid, judged.ageMs)) return judged;
  const answer = await askKernel(unit, roots[unit.root].mount, signal);
  if (answer === 'open')
    return { ...judged, verdict: 'in-use', reason: { code: 'opened-unseen' }, advice: undefined };
  if (answer === 'free') return free(unit, judged, { code: 'unheld-asked-kernel' });
  return isOnlyOwn(sight, unit, uid) ? free(unit, judged, { code: 'unheld-own' }) : judged;
}

function free(unit: Candidate, judged: TmpUnit, reason: TmpReason): TmpUnit {
  const command = unit.entry?.command;
  const advice = command === undefined ? undefined : ({ code: 'owner-can-too', command } as const);
  return { ...judged, verdict: 'deletable', reason, advice };
}
