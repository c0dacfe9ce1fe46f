/** Long work in small pieces, so that events, timers and keys are served in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work before others get their turn. */
const PIECE_MS = 8;

/** Calls `step` for each item; pauses between items whenever a piece of work has been done. */
export async function forEachInTurns<T>(items: Iterable<T>, step: (item: T) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    step(item);
    if (performance.now() - began < PIECE_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}
