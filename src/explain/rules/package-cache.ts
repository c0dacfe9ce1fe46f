/** What package managers downloaded and keep: one finding per manager, with the command that empties it. */
import type { Proposal } from '../../model/finding.ts';
import type { PackageCacheFacts } from '../../model/findings/package-cache.ts';
import type { Facts } from '../facts.ts';
import { ownerActions } from '../../remedies/remedies.ts';
import { placeAdviceOf } from '../claims/place-actions.ts';
import { claimPlaces, placeFact } from '../claims/place-group.ts';
import type { PlaceGroup } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';

export const packageCache: Rule = {
  name: 'package-cache',
  find: (facts, claims) => {
    const managers = Map.groupBy(
      facts.places.filter(({ entry }) => caches.has(entry.id)),
      ({ entry, system }) => `${caches.get(entry.id)!} ${system}`,
    );
    return [...managers.values()].flatMap((places) => {
      const group = claimPlaces(places, facts, claims);
      return group === undefined ? [] : proposalOf(caches.get(places[0].entry.id)!, group, facts);
    });
  },
};

type Cache = PackageCacheFacts['cache'];

/** What one command empties is one finding. Kernels are packages too, but no cache. */
const caches: ReadonlyMap<string, Cache> = new Map<string, Cache>([
  ['apt-archives', 'apt-archives'],
  ['apt-binary-caches', 'apt-archives'],
  ['apt-lists', 'apt-lists'],
  ['dnf-cache', 'dnf'],
  ['zypper-cache', 'zypper'],
  ['pacman-cache', 'pacman'],
  ['aur-builds', 'aur-builds'],
  ['apk-cache', 'apk'],
  ['portage-files', 'portage'],
  ['packagekit-cache', 'packagekit'],
  ['snap-download-cache', 'snap'],
]);

/** Whether the catalogue's entry is this rule's. */
export function isPackageCache(id: string): boolean {
  return caches.has(id);
}

function proposalOf(cache: Cache, group: PlaceGroup, facts: Facts): Proposal {
  const { places, newest, diskBytes, claimedBytes, freeableBytes } = group;
  const [{ entry, path }] = places;
  return {
    rule: 'package-cache',
    cache,
    places: places.map(placeFact),
    changedAt: newest,
    advice: placeAdviceOf(entry),
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: places.map((place) => place.path),
    actions: ownerActions(entry, path, facts.accounts, freeableBytes),
    risk: entry.class === 'A' ? 'safe' : 'review',
  };
}
