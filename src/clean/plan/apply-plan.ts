/** Holds a plan against a fresh judgement: what is still deletable may go, the rest is told entry by entry. */
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { UnitOutcome } from '../../model/deletion.ts';
import { keepReasonOf } from '../../model/tmp-reason.ts';
import type { TmpReport, TmpUnit } from '../../model/tmp-report.ts';
import { carryOut } from '../run/run.ts';
import type { Deleter } from '../guard/guard-context.ts';

export interface AppliedPlan {
  /** May be deleted. */
  readonly units: readonly PlannedUnit[];
  readonly refused: readonly UnitOutcome[];
}

/** Sorts the plan's units. Nothing is deleted here. */
export async function applyPlan(
  planned: readonly PlannedUnit[],
  report: TmpReport,
  who: Deleter,
): Promise<AppliedPlan> {
  const now = new Map(report.units.map((unit) => [unit.path, unit]));
  const isDeletable = ({ path }: PlannedUnit): boolean => now.get(path)?.verdict === 'deletable';
  const others = planned.filter((unit) => !isDeletable(unit));
  // A dry run tells what changed in them; where nothing did, the new verdict says why they stay.
  const outcomes = await carryOut({
    ...who,
    plan: { units: others },
    dryRun: true,
    quarantine: false,
    run: '',
    journal: undefined,
  });
  const refused = outcomes.map((outcome) =>
    outcome.outcome === 'would-delete' ? { ...outcome, ...refusedBecauseOf(now.get(outcome.path)) } : outcome,
  );
  const units = planned
    .filter(isDeletable)
    .map((unit) => ({ ...unit, needsProof: needsProof(now.get(unit.path)!) }));
  return { units, refused };
}

function refusedBecauseOf(unit: TmpUnit | undefined): Pick<UnitOutcome, 'outcome' | 'obstacle'> {
  return {
    outcome: 'skipped',
    obstacle: unit
      ? { kind: 'no-longer-deletable', verdict: unit.verdict, keepReason: keepReasonOf(unit.reason) }
      : { kind: 'not-judged' },
  };
}

/** The deletable units of a report as a plan. */
export function plannedUnits(report: TmpReport): PlannedUnit[] {
  return report.units.flatMap((unit) => {
    const { verdict, fingerprint, path, freeableBytes, rule } = unit;
    return verdict === 'deletable' && fingerprint
      ? [{ ...fingerprint, path, freeableBytes, rule, needsProof: needsProof(unit), listed: undefined }]
      : [];
  });
}

function needsProof({ reason }: TmpUnit): boolean {
  return reason.code === 'unheld-asked-kernel';
}
