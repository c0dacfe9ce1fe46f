/** A unit that was read whole, with nothing against it: open, and locked where it can be, until it is disposed of. */
import type { PlannedUnit } from '../../model/delete-plan.ts';
import type { Guard } from '../guard/guard.ts';
import type { HoldingDirectory } from '../guard/holding-directory.ts';

export class GuardedUnit implements Disposable {
  readonly unit: PlannedUnit;
  /** Its number in the plan. */
  readonly index: number;
  readonly place: HoldingDirectory;
  readonly guard: Guard;

  /** @param place and `guard` are its own from now on. */
  constructor(unit: PlannedUnit, index: number, place: HoldingDirectory, guard: Guard) {
    this.unit = unit;
    this.index = index;
    this.place = place;
    this.guard = guard;
  }

  [Symbol.dispose](): void {
    this.guard[Symbol.dispose]();
    this.place[Symbol.dispose]();
  }
}
