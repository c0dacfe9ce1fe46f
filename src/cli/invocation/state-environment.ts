/** The variables that say where journals and snapshots are kept. */
import type { StateEnvironment } from '../../model/state-directory.ts';

export function stateEnvironment(): StateEnvironment {
  const { XDG_STATE_HOME, HOME } = process.env;
  return { XDG_STATE_HOME, HOME };
}
