/** Known places of one kind as one thing: claimed together, the largest first, none of them inside another. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { KnownPlaceFact } from '../../model/findings/known-place.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import type { Claims } from './claims.ts';

export interface PlaceGroup {
  /** Largest first. */
  readonly places: readonly KnownPlace[];
  readonly diskBytes: number;
  readonly claimedBytes: number;
  /** Hard links that lie elsewhere too, and files held open, are not in it. */
  readonly freeableBytes: number;
  /** Seconds since 1970 of the latest change in any of them. */
  readonly newest: number;
}

/** Claims the places, or claims nothing and returns undefined where what is left of them is not worth a finding. */
export function claimPlaces(
  places: readonly KnownPlace[],
  facts: Facts,
  claims: Claims,
): PlaceGroup | undefined {
  const left = (place: KnownPlace): number => {
    if (place.file === undefined) return claims.unclaimedBytes(place.directory);
    return claims.isFileClaimed(place.file) ? 0 : place.diskBytes;
  };
  const open = outermost(places, facts).filter((place) => left(place) > 0);
  if (open.reduce((sum, place) => sum + left(place), 0) < facts.worthBytes) return undefined;
  const group = { diskBytes: 0, claimedBytes: 0, freeableBytes: 0, newest: -Infinity };
  for (const { file, directory, diskBytes, newest } of open) {
    const claim = file === undefined ? claims.directory(directory) : claims.file(file);
    group.diskBytes += diskBytes;
    group.claimedBytes += claim.claimedBytes;
    if (file === undefined) group.freeableBytes += facts.scan.tree.columns.freeableBytes[directory];
    else if (file.links === 1) group.freeableBytes += diskBytes;
    group.newest = Math.max(group.newest, newest);
  }
  return { places: open.toSorted((a, b) => b.diskBytes - a.diskBytes), ...group };
}

/** A place as a finding speaks of it. */
export function placeFact({ entry, path, diskBytes }: KnownPlace): KnownPlaceFact {
  return { id: entry.id, what: entry.what, path, diskBytes };
}

/** A node_modules in a node_modules is part of it. */
function outermost(places: readonly KnownPlace[], { scan }: Facts): KnownPlace[] {
  const { parent } = scan.tree.columns;
  const taken = new Set(places.flatMap(({ file, directory }) => (file === undefined ? [directory] : [])));
  return places.filter(({ file, directory }) => {
    let above = file === undefined ? parent[directory] : directory;
    for (; above !== ABOVE_ROOTS; above = parent[above]) if (taken.has(above)) return false;
    return true;
  });
}

/**
 * Whether a place belongs to installed programs of its system: what looks like a project's build output there is the program itself.
 * A hidden directory above it, or a bundle, holds programs too (~/.nvm, ~/.vscode, Some.app).
 */
export function isInstalled({ path: seen, system }: Pick<KnownPlace, 'path' | 'system'>): boolean {
  const path = seen.slice(system.length) as ByteString;
  if (installed.some((directory) => isInside(path, directory))) return !isInside(path, '/usr/local/src');
  const above = path.split('/').slice(0, -1);
  return above.some((name) => name === 'node_modules' || name.endsWith('.app') || /^\.[^.]/u.test(name));
}

const installed = [
  '/usr',
  '/opt',
  '/lib',
  '/lib64',
  '/snap',
  '/nix',
  '/gnu',
  '/var/lib',
  '/Applications',
  '/Library',
  '/System',
];
