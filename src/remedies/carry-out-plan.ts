/**
 * Takes the steps of a plan one by one: each is agreed to, goes through the gate once more, is about the very files that
 * the plan was about, is run and measured.
 */
import type { ByteString } from '../model/byte-string.ts';
import type { Action } from '../model/action.ts';
import type { FreeOutcome, StepOutcome } from '../model/free-outcome.ts';
import type { FreePlan, PlannedStep } from '../model/free-plan.ts';
import { readUsage } from '../system/filesystems/filesystems.ts';
import { remedyOf } from './command.ts';
import { footingOf, pinnedParts, stillStands } from './footing.ts';
import type { Footing } from './footing.ts';
import { passGate } from './gate.ts';
import type { World } from './world.ts';

export interface PlanHands {
  /** The machine as it is now, looked at anew for each step. */
  readonly world: () => World;
  /** Whether a person agrees; undefined where nobody can be asked. */
  readonly agrees: (step: PlannedStep) => Promise<boolean | undefined>;
  /** Runs commands one after the other; whether all ended well. */
  readonly run: (commands: readonly (readonly ByteString[])[]) => Promise<boolean>;
  /** After each step. */
  readonly note: (outcome: StepOutcome) => void;
  readonly signal: AbortSignal;
}

/** Stops as soon as enough came back. */
export async function carryOutPlan(plan: FreePlan, hands: PlanHands): Promise<FreeOutcome> {
  const outcomes: StepOutcome[] = [];
  let freed = 0;
  const footings = new Map(
    [...plan.steps, ...plan.spare].map((step) => [step, footingOf(step.remedy.action)]),
  );
  for (const step of [...plan.steps, ...plan.spare]) {
    const isNeedless = freed >= plan.wantedBytes;
    // Spare steps are for where earlier ones gave less than they promised.
    if (isNeedless && plan.spare.includes(step)) break;
    const outcome: StepOutcome =
      isNeedless || hands.signal.aborted
        ? { step, result: 'needless', freedBytes: 0 }
        : await takeStep(step, footings.get(step)!, plan, hands);
    freed += outcome.freedBytes;
    outcomes.push(outcome);
    hands.note(outcome);
    if (hands.signal.aborted) break;
  }
  return { steps: outcomes, freedBytes: freed, isEnough: freed >= plan.wantedBytes };
}

async function takeStep(
  step: PlannedStep,
  footing: Footing,
  { mountPoint }: FreePlan,
  hands: PlanHands,
): Promise<StepOutcome> {
  const nothing = (result: StepOutcome['result']): StepOutcome => ({ step, result, freedBytes: 0 });
  const { action } = step.remedy;
  const world = hands.world();
  if (action.needs?.root === true && !world.isRoot) return nothing('needs-root');
  const agreed = await hands.agrees(step);
  if (agreed !== true) return nothing(agreed === undefined ? 'not-asked' : 'declined');
  // The answer may have taken its time: what is held or mounted since then stays.
  const now = hands.world();
  if (!('action' in passGate(action, step.finding, now))) return nothing('refused');
  if (!stillStands(action, footing)) return nothing('changed');
  const before = readUsage(mountPoint).availableBytes;
  const result = await run(action, footing, now, hands);
  const freedBytes = readUsage(mountPoint).availableBytes - before;
  return { step, result, freedBytes: Math.max(0, freedBytes) };
}

async function run(
  action: Action,
  footing: Footing,
  world: World,
  hands: PlanHands,
): Promise<'done' | 'failed' | 'changed'> {
  const parts = pinnedParts(action, footing);
  for (let part = parts.next(); ; part = parts.next()) {
    if (part.done === true) return part.value ? 'done' : 'changed';
    const { action: pinned, close } = part.value;
    try {
      const { commands } = remedyOf(pinned, world);
      if (commands.length === 0 || !(await hands.run(commands))) return 'failed';
    } finally {
      close();
    }
  }
}
