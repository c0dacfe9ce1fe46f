/** What came of the steps of a plan that was carried out. */
import type { PlannedStep } from './free-plan.ts';

export interface StepOutcome {
  readonly step: PlannedStep;
  /**
   * `done` its program ended well. `failed` it did not. `declined` a person said no. `not-asked` nobody could be asked,
   * and it is not safe. `needs-root` only root may. `refused` the gate does not let it pass any more. `changed` what is
   * there now is not what the plan was about. `needless` enough came back before.
   */
  readonly result:
    | 'done'
    | 'failed'
    | 'declined'
    | 'not-asked'
    | 'needs-root'
    | 'refused'
    | 'changed'
    | 'needless';
  /** What statfs says came back; others may have written meanwhile. */
  readonly freedBytes: number;
}

export interface FreeOutcome {
  readonly steps: readonly StepOutcome[];
  /** Over all steps. */
  readonly freedBytes: number;
  readonly isEnough: boolean;
}
