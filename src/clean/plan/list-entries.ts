/** Lists what is in a unit, for a plan that is to tell later what changed in it. */
import type { PlannedEntry, PlannedUnit } from '../../model/delete-plan.ts';
import { Guard } from '../guard/guard.ts';
import { guardContext } from '../guard/guard-context.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../guard/holding-directory.ts';
import type { Deleter } from '../guard/guard-context.ts';
import { drive } from '../run/slices.ts';

/** What is in the unit now; undefined where it is not what its fingerprint says. */
export async function listEntries(unit: PlannedUnit, who: Deleter): Promise<PlannedEntry[] | undefined> {
  const context = guardContext(who);
  const place = openHoldingDirectory(context, unit.path, unit.parent);
  if (!isHoldingDirectory(place)) return undefined;
  using opened = place;
  using guard = new Guard(context, opened, { most: unit.entries, lists: true, needsProof: false });
  await drive((deadline) => guard.advance(deadline));
  return guard.refusal === undefined && guard.digest === unit.digest ? guard.listed : undefined;
}
