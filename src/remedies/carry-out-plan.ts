/** Takes the steps of a plan one by one: each goes through the gate once more, is agreed to, run, and measured. */
import type { FreeOutcome, StepOutcome } from '../model/free-outcome.ts';
import type { FreePlan, PlannedStep } from '../model/free-plan.ts';
import { readUsage } from '../system/filesystems/filesystems.ts';
import { passGate } from './gate.ts';
import type { World } from './world.ts';

export interface PlanHands {
  /** The machine as it is now, looked at anew for each step. */
  readonly world: () => World;
  /** Whether a person agrees; undefined where nobody can be asked. */
  readonly agrees: (step: PlannedStep) => Promise<boolean | undefined>;
  /** Runs the step's commands one after the other; whether all ended well. */
  readonly run: (step: PlannedStep) => Promise<boolean>;
  /** After each step. */
  readonly note: (outcome: StepOutcome) => void;
  readonly signal: AbortSignal;
}

/** Stops as soon as enough came back. */
export async function carryOutPlan(plan: FreePlan, hands: PlanHands): Promise<FreeOutcome> {
  const outcomes: StepOutcome[] = [];
  let freed = 0;
  for (const step of [...plan.steps, ...plan.spare]) {
    const isNeedless = freed >= plan.wantedBytes;
    // Spare steps are for where earlier ones gave less than they promised.
    if (isNeedless && plan.spare.includes(step)) break;
    const outcome: StepOutcome =
      isNeedless || hands.signal.aborted
        ? { step, result: 'needless', freedBytes: 0 }
        : await takeStep(step, plan, hands);
    freed += outcome.freedBytes;
    outcomes.push(outcome);
    hands.note(outcome);
    if (hands.signal.aborted) break;
  }
  return { steps: outcomes, freedBytes: freed, isEnough: freed >= plan.wantedBytes };
}

async function takeStep(step: PlannedStep, { mountPoint }: FreePlan, hands: PlanHands): Promise<StepOutcome> {
  const nothing = (result: StepOutcome['result']): StepOutcome => ({ step, result, freedBytes: 0 });
  const world = hands.world();
  if (step.remedy.action.needs?.root === true && !world.isRoot) return nothing('needs-root');
  const agreed = await hands.agrees(step);
  if (agreed !== true) return nothing(agreed === undefined ? 'not-asked' : 'declined');
  // The answer may have taken its time: what is held or mounted since then stays.
  if (!('action' in passGate(step.remedy.action, step.finding, hands.world()))) return nothing('refused');
  const before = readUsage(mountPoint).availableBytes;
  const isDone = await hands.run(step);
  const freedBytes = readUsage(mountPoint).availableBytes - before;
  return { step, result: isDone ? 'done' : 'failed', freedBytes: Math.max(0, freedBytes) };
}
