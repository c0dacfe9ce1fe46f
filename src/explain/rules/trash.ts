/** What was thrown away and still takes its space, in homes and on other mounts. */
import type { Action } from '../../model/action.ts';
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { TrashFacts } from '../../model/findings/trash.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import { claimPlaces } from '../claims/place-group.ts';
import type { PlaceGroup } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';

export const trash: Rule = {
  name: 'trash',
  find: (facts, claims) => {
    const places = facts.places.filter(({ entry, path }) => entry.id === 'trash' && !isMailFolder(path));
    const group = claimPlaces(places, facts, claims);
    return group === undefined ? [] : [proposalOf(group, facts)];
  },
};

function proposalOf(group: PlaceGroup, facts: Facts): Proposal {
  const { places, diskBytes, claimedBytes, freeableBytes } = group;
  const isFinders = places.some(({ path }) => /\/\.Trash(?:es)?$/u.test(path) && !isShared(path));
  return {
    rule: 'trash',
    places: places.map(placeFact),
    isFinders,
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: places.map(({ path }) => path),
    actions: isFinders ? [] : emptying(places, freeableBytes, facts),
    risk: 'review',
  };
}

const MOST_PLACES = 4;

/**
 * Exactly what is shown: the desktop's command (`gio trash --empty`) empties the trash of every mount, and none where no
 * desktop runs. A user's own only, who has not been told what others threw away.
 */
function emptying(all: readonly KnownPlace[], bytes: number, { isRoot, request }: Facts): Action[] {
  const places = isRoot ? all : all.filter(({ path }) => namedFile(path)?.uid === request.uid);
  const insides = places
    .slice(0, MOST_PLACES)
    .flatMap(({ path }) =>
      directoryNames(path).flatMap((name) => (PARTS.has(name) ? joinPath(path, name) : [])),
    );
  if (insides.length === 0) return [];
  const isAll = places.length === all.length && places.length <= MOST_PLACES;
  return [
    {
      kind: 'delete-directories',
      paths: insides,
      meaning: 'trash',
      frees: { bytes, certainty: isAll ? 'exact' : 'unknown' },
      loses: 'thrown-away',
      risk: 'review',
    },
  ];
}

/** Trash specification 1.0: things, what is known about them, and things on their way out. */
const PARTS = new Set<string>(['files', 'info', 'expunged']);

/** `$topdir/.Trash` of the specification holds a directory per user; `~/.Trash` of macOS holds the things. */
function isShared(path: ByteString): boolean {
  return directoryNames(path).some((name) => /^\d+$/u.test(name));
}

/** A Maildir++ folder of that name: mail, which its server throws away. */
function isMailFolder(path: ByteString): boolean {
  return directoryNames(path).some((name) => name === 'cur');
}

function placeFact({ path, diskBytes, newest }: KnownPlace): TrashFacts['places'][number] {
  const info = joinPath(path, 'info' as ByteString);
  const notes = directoryNames(info).filter((name) => name.endsWith('.trashinfo'));
  const times = notes
    .slice(0, MOST_NOTES)
    .flatMap((name) => namedFile(joinPath(info, name))?.modifiedAt ?? []);
  return {
    path,
    diskBytes,
    things: notes.length === 0 ? undefined : notes.length,
    oldestAt: times.length === 0 ? newest : Math.min(...times),
  };
}

const MOST_NOTES = 500;
