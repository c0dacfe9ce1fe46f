/** What came of a unit, before anything of it went. */
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { UnitOutcome } from '../../model/deletion.ts';
import { outcomeBecauseOf, refusal } from '../guard/refusal.ts';
import type { Refusal } from '../guard/refusal.ts';

export function interrupted(): Refusal {
  return refusal({ kind: 'interrupted' });
}

/** @param against why it stays; undefined where it is deleted. */
export function outcomeOf({ path }: PlannedUnit, against: Refusal | undefined): UnitOutcome {
  const nothing = { path, removedEntries: 0, freedBytes: 0, movedTo: undefined };
  if (!against) return { ...nothing, outcome: 'deleted', obstacle: undefined, at: undefined };
  const { obstacle, at } = against;
  return { ...nothing, outcome: outcomeBecauseOf(obstacle), obstacle, at };
}
