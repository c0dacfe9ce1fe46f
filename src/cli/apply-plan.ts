/** Holds a plan against a fresh judgement: what is still deletable may go, the rest is told entry by entry. */
import { carryOut } from '../clean/clean.ts';
import type { PlannedUnit, UnitOutcome } from '../model/delete-plan.ts';
import { keepReasonOf } from '../model/tmp-reason.ts';
import type { TmpReport } from '../model/tmp-report.ts';
import { reasonWords } from '../render/words/tmp.ts';

export interface AppliedPlan {
  readonly units: readonly PlannedUnit[];
  readonly refused: readonly UnitOutcome[];
}

/** Sorts the plan's units. Nothing is deleted here. */
export async function applyPlan(
  planned: readonly PlannedUnit[],
  report: TmpReport,
  ownUid: number,
  source: 'auto' | 'portable',
): Promise<AppliedPlan> {
  const now = new Map(report.units.map((unit) => [unit.path, unit]));
  const units = planned.filter(({ path }) => now.get(path)?.verdict === 'deletable');
  const others = planned.filter(({ path }) => now.get(path)?.verdict !== 'deletable');
  // A dry run tells what changed in them; where nothing did, the new verdict says why they stay.
  const outcomes = await carryOut({
    plan: { units: others },
    dryRun: true,
    quarantine: false,
    run: '',
    journal: undefined,
    ownUid,
    ownPid: process.pid,
    source,
  });
  const refused = outcomes.map((outcome): UnitOutcome => {
    if (outcome.outcome !== 'would-delete') return outcome;
    const unit = now.get(outcome.path);
    const why = unit ? `it is no longer deletable: ${reasonWords(unit)}` : 'it is no longer judged';
    return {
      ...outcome,
      outcome: 'skipped',
      code: (unit && keepReasonOf(unit.reason)) ?? 'not-judged',
      reason: why,
    };
  });
  return { units, refused };
}
