/** What has to be put right before the process ends in the middle of something: whoever changes the terminal says so here. */
import { writeSync } from 'node:fs';

const undo = new Set<() => void>();

/** Has `restore` run before an end that runs nothing else; until disposed. It must not wait for anything. */
export function beforeAbruptEnd(restore: () => void): Disposable {
  undo.add(restore);
  return { [Symbol.dispose]: () => void undo.delete(restore) };
}

/** Whether there is anything to be put right. */
export function hasTerminal(): boolean {
  return undo.size > 0;
}

/** Puts everything right, then says why it ends. */
export function giveTerminalBack(message: string): void {
  for (const restore of undo) restore();
  try {
    writeSync(2, message);
  } catch {
    // Nobody is there to be told.
  }
}
