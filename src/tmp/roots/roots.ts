/** The door of the floor: where units come from, the temporary directories and the caches of known programs. */
import { catalogueMatcher } from '../../catalogue/catalogue.ts';
import type { Household, Matcher } from '../../catalogue/catalogue.ts';
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import type { Root } from '../../scan/scan.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import type { TmpRequest } from '../tmp-request.ts';
import { cachePlaces, groupOf, knownPlaces } from './cache-places.ts';
import type { CachePlace, KnownPlace } from './cache-places.ts';
import { chosenEntries } from './chosen-entries.ts';
import type { ChosenEntry } from './chosen-entries.ts';
import { householdOf } from './households.ts';
import { tempRoots } from './temp-roots.ts';
import type { TempRoot } from './temp-roots.ts';
import type { UnitRoot } from './unit-root.ts';

export { keptNames, namesIn, taggedCache } from './cache-places.ts';
export type { CachePlace, KnownPlace } from './cache-places.ts';
export { TEMP_DIRECTORIES } from './temp-directories.ts';
export type { UnitRoot } from './unit-root.ts';

/** What is judged, and what is known around it. */
export interface Places {
  readonly temporary: readonly TempRoot[];
  /** The only entries of temporary directories to be judged; undefined for all. */
  readonly chosen: readonly ChosenEntry[] | undefined;
  /** Each a unit of its own, under the root of the index beside it. */
  readonly caches: readonly { readonly place: CachePlace; readonly root: number }[];
  /** The temporary directories first, then what caches are listed under. */
  readonly roots: readonly UnitRoot[];
  readonly household: Household;
  readonly matcher: Matcher;
  /** Places of classes other than A that are there. */
  readonly known: readonly KnownPlace[];
}

/** @param mounts visible ones. Throws UsageError for a root that is refused. */
export function placesToJudge(request: TmpRequest, mounts: readonly Mount[]): Places {
  const temporary = tempRoots(request, mounts);
  const household = householdOf(request);
  const matcher = catalogueMatcher(household);
  const taken = temporary.map(({ path }) => path);
  const places = request.roots.length > 0 ? [] : cachePlaces(request, household, matcher, mounts, taken);
  const roots: UnitRoot[] = [...temporary];
  const caches = places.map((place) => ({ place, root: groupIndex(place, roots, household.homes) }));
  const known = knownPlaces(household).filter(({ path }) => lstatIfAny(path) !== undefined);
  const chosen = chosenEntries(request, temporary, mounts);
  return { temporary, chosen, caches, roots, household, matcher, known };
}

/** Directories to size: what lies in another one is sized with it. */
export function directoriesToScan({ temporary, chosen, caches }: Places): Root[] {
  if (chosen) return chosen.flatMap(({ scanned }) => scanned ?? []);
  const roots = temporary.map(({ root }) => root);
  const others = caches.map(({ place: { root } }) => root).filter((root) => root.stat.isDirectory());
  return [...roots, ...others.filter(({ path }) => !roots.some((root) => isInside(path, root.path)))];
}

/** The directories that units lie in. */
export function directoriesOfUnits(places: Places): Root[] {
  return places.chosen ? places.temporary.map(({ root }) => root) : directoriesToScan(places);
}

/** The index of the root a place is listed under; a new one where it is the first there. */
function groupIndex({ root }: CachePlace, roots: UnitRoot[], homes: readonly string[]): number {
  const path: ByteString = groupOf(root.path, homes);
  const known = roots.findIndex(
    (one) => one.origin === 'catalogue' && one.path === path && one.mount?.id === root.mount?.id,
  );
  if (known >= 0) return known;
  return roots.push({ path, origin: 'catalogue', mount: root.mount, isShared: false }) - 1;
}
