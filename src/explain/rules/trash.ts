/** What was thrown away and still takes its space, in homes and on other mounts. */
import { ageText } from '../../model/age.ts';
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import { claimPlaces } from './place-group.ts';
import type { PlaceGroup } from './place-group.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

export const trash: Rule = {
  name: 'trash',
  find: (facts, claims) => {
    const places = facts.places.filter(({ entry }) => entry.id === 'trash');
    const group = claimPlaces(places, facts, claims);
    return group === undefined ? [] : [findingOf(group, facts)];
  },
};

function findingOf(group: PlaceGroup, facts: Facts): Finding {
  const { places, diskBytes, claimedBytes, freeableBytes } = group;
  return {
    rule: 'trash',
    title: 'trash',
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: places.map(({ path }) => path),
    evidence: places.slice(0, MOST_PLACES).map((place) => placeText(place, facts)),
    remedy: remedyOf(places, facts),
    risk: 'review',
  };
}

const MOST_PLACES = 4;

function remedyOf(places: readonly KnownPlace[], { isRoot }: Facts): Finding['remedy'] {
  const text = 'look through it, then empty it: deleted for good';
  if (places.some(({ path }) => /\/\.Trash(?:es)?$/u.test(path) && !isShared(path)))
    return { text: 'look through it, then Finder ▸ Empty Trash: deleted for good', command: undefined };
  // The command asks the desktop of the user who runs it: root would empty its own.
  if (!isRoot) return { text, command: 'gio trash --empty' };
  const insides = places
    .slice(0, MOST_PLACES)
    .flatMap(({ path }) =>
      directoryNames(path).flatMap((name) => (parts.has(name) ? joinPath(path, name) : [])),
    );
  return {
    text,
    command: insides.length === 0 ? undefined : `rm -rf -- ${insides.map(shellWord).join(' ')}`,
  };
}

/** Trash specification 1.0: things, what is known about them, and things on their way out. */
const parts = new Set<string>(['files', 'info', 'expunged']);

/** `$topdir/.Trash` of the specification holds a directory per user; `~/.Trash` of macOS holds the things. */
function isShared(path: ByteString): boolean {
  return directoryNames(path).some((name) => /^\d+$/u.test(name));
}

function placeText({ path, diskBytes, newest }: KnownPlace, { nowSeconds }: Facts): string {
  const info = joinPath(path, 'info' as ByteString);
  const notes = directoryNames(info).filter((name) => name.endsWith('.trashinfo'));
  const start = `${sizeText(diskBytes)} in ${quoted(path)}`;
  if (notes.length === 0) return `${start}, last changed ${ageText(nowSeconds - newest)} ago`;
  const times = notes
    .slice(0, MOST_NOTES)
    .flatMap((name) => namedFile(joinPath(info, name))?.modifiedAt ?? []);
  const oldest = times.length === 0 ? newest : Math.min(...times);
  return `${start}: ${countOf(notes.length, 'thing')} thrown away, the first ${ageText(nowSeconds - oldest)} ago`;
}

const MOST_NOTES = 500;
