/** What package managers downloaded and keep: one finding per manager, with the command that empties it. */
import { ageText } from '../../model/age.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import { adviceOf, ownerCommand, ownerOf } from './owner-command.ts';
import { claimPlaces } from './place-group.ts';
import type { PlaceGroup } from './place-group.ts';
import type { Rule } from './rule.ts';
import { quoted } from './wording.ts';

export const packageCache: Rule = {
  name: 'package-cache',
  find: (facts, claims) => {
    const managers = Map.groupBy(
      facts.places.filter(({ entry }) => titles.has(entry.id)),
      ({ entry }) => titles.get(entry.id)!,
    );
    return [...managers].flatMap(([title, places]) => {
      const group = claimPlaces(places, facts, claims);
      return group === undefined ? [] : findingOf(title, group, facts);
    });
  },
};

/** What one command empties is one finding. Kernels are packages too, but no cache. */
const titles: ReadonlyMap<string, string> = new Map([
  ['apt-archives', 'apt package archives'],
  ['apt-binary-caches', 'apt package archives'],
  ['apt-lists', 'apt package lists'],
  ['dnf-cache', 'dnf package cache'],
  ['zypper-cache', 'zypper package cache'],
  ['pacman-cache', 'pacman package cache'],
  ['aur-builds', 'AUR builds'],
  ['apk-cache', 'apk package cache'],
  ['portage-files', 'portage source archives'],
  ['packagekit-cache', 'PackageKit downloads'],
  ['snap-download-cache', 'snap download cache'],
]);

/** Whether the catalogue's entry is this rule's. */
export function isPackageCache(id: string): boolean {
  return titles.has(id);
}

function findingOf(title: string, group: PlaceGroup, facts: Facts): Finding {
  const { places, newest, ...bytes } = group;
  const [largest] = places;
  const { entry } = largest;
  return {
    rule: 'package-cache',
    title,
    ...bytes,
    paths: places.map(({ path }) => path),
    evidence: [...places.map(placeText), `the latest change was ${ageText(facts.nowSeconds - newest)} ago`],
    remedy: {
      text: [adviceOf(entry), ...(entry.traps ?? []).slice(0, 1)].join('; '),
      command: ownerCommand(entry, ownerOf(largest.path, facts), facts),
    },
    risk: entry.class === 'A' ? 'safe' : 'review',
  };
}

function placeText({ entry, path, diskBytes }: KnownPlace): string {
  return `${entry.what}: ${sizeText(diskBytes)} in ${quoted(path)}`;
}
