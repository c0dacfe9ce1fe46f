/** The command by which a known place is emptied, as the user it belongs to, and never one with blanks to fill in. */
import { commandWords } from '../../catalogue/catalogue.ts';
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import type { Action, Loss } from '../../model/action.ts';
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PlaceAdvice } from '../../model/findings/known-place.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import type { Facts } from '../facts.ts';

/** The account in whose home a path lies: of several, the innermost home. */
export function ownerOf(path: ByteString, { accounts }: Facts): UserAccount | undefined {
  return accounts
    .filter(({ home }) => home !== '/' && isInside(path, home))
    .toSorted((a, b) => b.home.length - a.home.length)[0];
}

/**
 * The owner's command as an action; none where it has blanks, or there is none. Root runs it as the owner of the home
 * it is about: a cache command clears the cache of whoever runs it.
 * @param bytes what is expected to come back: the place's freeable bytes.
 */
export function ownerActions(
  { command, class: kind, id }: CatalogueEntry,
  owner: UserAccount | undefined,
  bytes: number,
): Action[] {
  if (command === undefined || hasBlanks(command)) return [];
  return [
    {
      kind: 'owner-command',
      owner: id,
      argv: commandWords(command),
      actsOn: 'running',
      hasBlanks: false,
      // How much of it its owner finds unused, only the owner knows.
      frees: kind === 'A' ? { bytes, certainty: 'exact' } : { bytes: 0, certainty: 'unknown' },
      loses: lossOf(kind),
      risk: kind === 'A' ? 'safe' : 'review',
      ...(owner === undefined || owner.uid === 0 ? {} : { needs: { user: owner.name } }),
    },
  ];
}

/** A command that only shows what is there. */
export function inspectActions({ inspect }: CatalogueEntry): Action[] {
  if (inspect === undefined || hasBlanks(inspect)) return [];
  return [
    {
      kind: 'look',
      argv: commandWords(inspect),
      frees: { bytes: 0, certainty: 'exact' },
      loses: 'nothing',
      risk: 'safe',
    },
  ];
}

/** Deleting a few directories of one meaning; none where there are more than a person reads before pressing Enter. */
export function removeActions(
  paths: readonly ByteString[],
  meaning: 'cache' | 'build-output',
  bytes: number,
): Action[] {
  if (paths.length === 0 || paths.length > MOST_REMOVED) return [];
  return [
    {
      kind: 'delete-directories',
      paths,
      meaning,
      frees: { bytes, certainty: 'exact' },
      loses: 'regenerable',
      risk: meaning === 'cache' ? 'safe' : 'review',
    },
  ];
}

const MOST_REMOVED = 5;

/** What the catalogue says may be done, for a person to read. @param isRunnable whether its command can be given as it stands. */
export function placeAdviceOf(
  { class: kind, advice, command, traps }: CatalogueEntry,
  isRunnable = true,
): PlaceAdvice {
  return {
    class: kind,
    advice,
    blankCommand: command !== undefined && (!isRunnable || hasBlanks(command)) ? command : undefined,
    hasCommand: command !== undefined,
    trap: traps?.[0],
  };
}

/** CAPITALS in a catalogue's command are for a person to fill in. */
function hasBlanks(command: string): boolean {
  return /(?:^|\s)[A-Z][A-Z_]+\b/u.test(command);
}

function lossOf(kind: CatalogueEntry['class']): Loss {
  return kind === 'A' || kind === 'B' ? 'regenerable' : 'owners-choice';
}
