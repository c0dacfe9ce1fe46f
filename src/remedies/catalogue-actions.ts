/** What the catalogue knows to do about a place, as actions: never a command with blanks to fill in. */
import { commandWords } from '../catalogue/catalogue.ts';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { Action, Loss } from '../model/action.ts';
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { withinItsRoot } from './live-world.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';

/** The user of a home that no account names: nobody runs anything there. */
export const NOBODYS_UID = -1;

/** The account in whose home a path lies: of several, the innermost home. */
export function ownerOf(path: ByteString, accounts: readonly UserAccount[]): UserAccount | undefined {
  const account = homeAround(path, accounts);
  return account?.uid === NOBODYS_UID ? undefined : account;
}

function homeAround(path: ByteString, accounts: readonly UserAccount[]): UserAccount | undefined {
  return accounts
    .filter(({ home }) => home !== '/' && isInside(path, home))
    .toSorted((a, b) => b.home.length - a.home.length)[0];
}

/** Whether a place's command can be run by somebody: in the home of a user whom no account names, by nobody. */
export function hasRunner(path: ByteString, accounts: readonly UserAccount[]): boolean {
  const account = homeAround(path, accounts);
  if (account !== undefined) return account.uid !== NOBODYS_UID;
  return !isInside(withinItsRoot(path), '/home');
}

/**
 * The owner's command as an action; none where it has blanks, where there is none, or nobody could run it. Root runs it
 * as the owner of the home it is about: a cache command clears the cache of whoever runs it.
 * @param path the place. @param accounts of the system it belongs to.
 * @param bytes what is expected to come back: the place's freeable bytes, where they are known.
 */
export function ownerActions(
  { command, class: kind, id, empties }: CatalogueEntry,
  path: ByteString,
  accounts: readonly UserAccount[],
  bytes: number | undefined,
): Action[] {
  if (command === undefined || hasBlanks(command) || !hasRunner(path, accounts)) return [];
  const owner = ownerOf(path, accounts);
  return [
    {
      kind: 'owner-command',
      owner: id,
      argv: commandWords(command),
      actsOn: 'running',
      hasBlanks: false,
      // How much of it its owner finds unused, only the owner knows.
      frees:
        empties === true && bytes !== undefined
          ? { bytes, certainty: 'exact' }
          : { bytes: 0, certainty: 'unknown' },
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

/** The command of a place as it is written, where it has blanks for a person to fill in. */
export function blankCommandOf({ command }: CatalogueEntry): string | undefined {
  return command !== undefined && hasBlanks(command) ? command : undefined;
}

/** CAPITALS in a catalogue's command are for a person to fill in. */
function hasBlanks(command: string): boolean {
  return /(?:^|[\s(])[A-Z][A-Z_]+\b/u.test(command);
}

function lossOf(kind: CatalogueEntry['class']): Loss {
  return kind === 'A' || kind === 'B' ? 'regenerable' : 'owners-choice';
}
