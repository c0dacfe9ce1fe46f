/** Who keeps snapshots, and what the environment says of where. */
import type { Keeper } from '../../snapshot/snapshot.ts';
import { readCaller } from '../invocation/caller.ts';
import { stateEnvironment } from '../invocation/state-environment.ts';

export function readKeeper(): Keeper {
  return { environment: stateEnvironment(), uid: readCaller().uid };
}
