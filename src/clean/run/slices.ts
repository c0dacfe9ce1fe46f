/** Long work in short slices, so that signals and progress get their turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long the work goes on between looks at signals and progress. */
const SLICE_MS = 15;

/** Runs `step` slice by slice; `goesOn` is asked in between. */
export async function drive(
  step: (deadline: number) => boolean,
  goesOn: () => boolean = () => true,
): Promise<boolean> {
  while (!step(performance.now() + SLICE_MS)) {
    await nextTurn();
    if (!goesOn()) return false;
  }
  return true;
}

/** Lets signals and progress have their turn after many short works. */
export async function takeTurn(): Promise<void> {
  await nextTurn();
}
