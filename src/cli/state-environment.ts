/** The variables that say where journals are kept. */
import type { StateEnvironment } from '../clean/clean.ts';

export function stateEnvironment(): StateEnvironment {
  const { XDG_STATE_HOME, HOME } = process.env;
  return { XDG_STATE_HOME, HOME };
}
