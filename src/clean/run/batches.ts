/** Units that are read, locked and looked at together: a look at what is held costs as much as twenty unlinks. */
import { parentPath } from '../../model/byte-string.ts';
import type { PlannedUnit } from '../../model/delete-plan.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { CleanRequest } from './clean-request.ts';

/** At most; two descriptors are open for each. No batch goes over a multiple of it, so that intents are written down for as many at once. */
export const MOST_UNITS = 64;
/** So that the last of them goes a moment after the look. */
const MOST_ENTRIES = 4096;

/** Some units of a plan, in its order. */
export interface Batch {
  /** Which of the plan's units the first is. */
  readonly first: number;
  readonly units: readonly PlannedUnit[];
}

/**
 * The units of a run in batches. Only what cannot get into each other's way goes together: neighbours in one
 * directory, as one unit in another would be locked twice; and no file with several names, which would be found open in
 * the unit that holds another of them. What is moved aside goes alone: its place is on disk before the last look.
 */
export function batchesOf({ plan: { units }, quarantine }: CleanRequest): Batch[] {
  const batches: { readonly first: number; readonly units: PlannedUnit[] }[] = [];
  let directory: string | undefined;
  let entries = 0;
  for (const [index, unit] of units.entries()) {
    const goesAlone = quarantine || hasOtherNames(unit);
    const parent = parentPath(unit.path);
    const joins =
      !goesAlone &&
      parent === directory &&
      index % MOST_UNITS !== 0 &&
      entries + unit.entries <= MOST_ENTRIES;
    if (joins) batches.at(-1)!.units.push(unit);
    else batches.push({ first: index, units: [unit] });
    entries = unit.entries + (joins ? entries : 0);
    directory = goesAlone ? undefined : parent;
  }
  return batches;
}

function hasOtherNames({ identity: { mode, links } }: PlannedUnit): boolean {
  return (mode & FILE_TYPE.mask) !== FILE_TYPE.directory && links > 1;
}
