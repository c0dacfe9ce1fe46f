/**
 * The door of the room: what rules propose goes through the gate and becomes commands. Promises that no action is shown
 * which deletes, empties or copies over what is held, mounted, a store's, a package's or of unknown meaning.
 */
import type { Action, Refusal, Remedy } from '../model/action.ts';
import { remedyOf } from './command.ts';
import { passGate } from './gate.ts';
import type { Subject } from './gate.ts';
import { withRootWhereNeeded } from './only-root.ts';
import type { World } from './world.ts';

export {
  blankCommandOf,
  hasRunner,
  inspectActions,
  NOBODYS_UID,
  ownerActions,
  ownerOf,
} from './catalogue-actions.ts';
export { carryOutPlan } from './carry-out-plan.ts';
export { freeableBytes, planFree } from './free-plan.ts';
export { configuredStores } from './configured-stores.ts';
export { foreignRootOf, isSystemRoot } from './foreign-root.ts';
export { createWorld, holdsLogText, isPackaged, programDirectories } from './live-world.ts';
export { MarkedStores } from './marked-stores.ts';
export { isDataTable, LEVEL, TIME } from './log-lines.ts';
export { isLogText, isPackedLogText, PACKED_LOG } from './log-text.ts';
export { isLastCopy, isScratch, LAST_COPY_BYTES } from './last-copy.ts';
export { isSystemPlace } from './system-places.ts';
export { shellLine } from './shell-word.ts';
export type { World } from './world.ts';

/**
 * The actions that may be shown, with their commands, in the order given, and those that were kept back.
 */
export function settle(
  actions: readonly Action[],
  subject: Subject,
  world: World,
): { readonly remedies: readonly Remedy[]; readonly refusals: readonly Refusal[] } {
  const remedies: Remedy[] = [];
  const refusals: Refusal[] = [];
  for (const action of actions) {
    const passage = passGate(action, subject, world);
    if ('action' in passage)
      remedies.push(remedyOf(withRootWhereNeeded(passage.action, world.isRoot), world));
    else refusals.push(passage.refusal);
  }
  return { remedies, refusals };
}
