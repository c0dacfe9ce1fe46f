/** Who keeps starting short-lived processes: the nearest ancestor that most of them have in common. */
import type { ProcessIdentity } from '../../model/process.ts';

/** Of the processes, so many must descend from it: one started by hand changes nothing. */
const MOST = 0.8;
const LOOKED_AT = 16;

/** @param processes the latest first. Undefined where they have nothing in common but nobody. */
export function sharedAncestor(
  processes: readonly { readonly ancestors: readonly ProcessIdentity[] }[],
): ProcessIdentity | undefined {
  const chains = processes.filter(({ ancestors }) => ancestors.length > 0).slice(0, LOOKED_AT);
  if (chains.length < 2) return chains[0]?.ancestors[0];
  const isShared = ({ pid, startTicks }: ProcessIdentity): boolean => {
    const below = chains.filter(({ ancestors }) =>
      ancestors.some((one) => one.pid === pid && one.startTicks === startTicks),
    );
    return below.length >= Math.max(2, MOST * chains.length);
  };
  for (const { ancestors } of chains) {
    const shared = ancestors.find(isShared);
    if (shared) return shared;
  }
  return undefined;
}
