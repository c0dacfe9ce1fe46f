/** The catalogue's caches that are really there: places to judge as units. */
import { isInside, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { UsageError } from '../../model/errors.ts';
import { catalogue, placesToLook } from '../../catalogue/catalogue.ts';
import type { CatalogueEntry, Household, Matcher, Place } from '../../catalogue/catalogue.ts';
import { resolveRoot } from '../../scan/scan.ts';
import type { Root } from '../../scan/scan.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { expandGlob } from '../../system/files/glob.ts';
import { isTaggedCache } from '../../system/files/tagged-cache.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import type { TmpRequest } from '../tmp-request.ts';

export interface CachePlace {
  readonly root: Root;
  readonly entry: CatalogueEntry;
  /** In a home; elsewhere the directory itself is a package's, and only what lies in it is a cache. */
  readonly isAtHome: boolean;
}

/** A known place by its path, whatever its class: what lies in a unit or around it. */
export interface KnownPlace {
  readonly path: ByteString;
  readonly entry: CatalogueEntry;
}

/**
 * Caches of the household: class A, and class B in homes, whose owner's command is told. Only what belongs to the
 * asking user, except for root with `--all-users`; never a symbolic link, never twice, and in a root that is judged itself
 * only inside a home, which keeps what is around it.
 */
export function cachePlaces(
  request: TmpRequest,
  household: Household,
  matcher: Matcher,
  mounts: readonly Mount[],
  taken: readonly ByteString[],
): CachePlace[] {
  const found = new Map<ByteString, CachePlace>();
  const add = (path: ByteString, entry: CatalogueEntry): void => {
    const isTaken = taken.some((root) => isInside(root, path) || isInside(path, root));
    const isAtHome = household.homes.some((home) => isInside(path, home));
    if (found.has(path) || (isTaken && (!isAtHome || taken.includes(path)))) return;
    const root = rootAt(path, entry, request, mounts);
    if (root) found.set(path, { root, entry, isAtHome });
  };
  for (const place of placesToLook(household)) {
    if (!isCache(place, household)) continue;
    for (const path of pathsOf(place)) {
      const entry = matcher.claim(path, place.entry.kind ?? 'directory', namesIn);
      if (entry === place.entry) add(path, entry);
    }
  }
  for (const path of taggedCaches(household)) {
    if (matcher.claims(path, 'directory').length === 0) add(path, taggedCache);
  }
  return outermost([...found.values()]);
}

/** Every place of the household with a plain path: a unit must not contain one of another class. */
export function knownPlaces(household: Household): KnownPlace[] {
  return placesToLook(household)
    .filter(({ glob, entry }) => glob === '' && entry.class !== 'A')
    .map(({ root, entry }) => ({ path: root as ByteString, entry }));
}

/** The names in a directory, as the catalogue asks for them. */
export function namesIn(directory: string): ByteString[] {
  return directoryNames(directory as ByteString);
}

export const taggedCache: CatalogueEntry = catalogue.find(({ id }) => id === 'tagged-cache')!;

function isCache({ entry, root, glob }: Place, { homes }: Household): boolean {
  if (glob.includes('**')) return false;
  const isHome = homes.some((home) => isInside(root, home));
  return entry.class === 'A' || (entry.class === 'B' && isHome);
}

function pathsOf({ root, glob, entry }: Place): readonly ByteString[] {
  const path = root as ByteString;
  return glob === '' ? [path] : expandGlob(path, glob, entry.kind ?? 'directory');
}

/** Directories right inside a household's cache directory that carry the tag. */
function taggedCaches({ homes, environment }: Household): ByteString[] {
  const own = environment['XDG_CACHE_HOME'];
  const parents = own?.startsWith('/') === true ? [own] : homes.map((home) => `${home}/.cache`);
  return parents.flatMap((parent) =>
    namesIn(parent)
      .map((name) => joinPath(parent as ByteString, name))
      .filter(isTaggedCache),
  );
}

function rootAt(
  path: ByteString,
  entry: CatalogueEntry,
  { uid, allUsers, anchors }: TmpRequest,
  mounts: readonly Mount[],
): Root | undefined {
  // Most places are not there, and an exception costs more than a look.
  if (!lstatIfAny(path)) return undefined;
  let root: Root;
  try {
    root = resolveRoot(path, mounts, anchors);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
  const { stat } = root;
  // A link, or a directory above that is one, leads to what another place's rules may hold for.
  if (root.path !== path || root.mount?.kind === 'network') return undefined;
  if (stat.isDirectory() === (entry.kind === 'file')) return undefined;
  if (stat.uid !== uid && !(uid === 0 && allUsers)) return undefined;
  return root;
}

/** Places in no other place: what is inside is judged with what is around it. */
function outermost(places: readonly CachePlace[]): CachePlace[] {
  return places.filter(
    (one) => !places.some((other) => other !== one && isInside(one.root.path, other.root.path)),
  );
}

/** The directory a cache is listed under: the home it lies in, or the directory above it. */
export function groupOf(path: ByteString, homes: readonly string[]): ByteString {
  const home = homes.find((one) => isInside(path, one));
  return (home as ByteString | undefined) ?? parentPath(path);
}

/** What stands in a place and stays, whatever happens to the rest. */
export function keptNames({ keep = [] }: CatalogueEntry, path: ByteString): ByteString[] {
  if (keep.length === 0) return [];
  return namesIn(path).filter((name) => keep.includes(name));
}
