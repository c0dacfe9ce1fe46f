/** The command by which a known place is emptied, as the user it belongs to, and never one with blanks to fill in. */
import { fromText, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import type { Facts } from '../facts.ts';
import { shellWord } from './wording.ts';

/** The account in whose home a path lies: of several, the innermost home. */
export function ownerOf(path: ByteString, { accounts }: Facts): UserAccount | undefined {
  return accounts
    .filter(({ home }) => home !== '/' && isInside(path, home))
    .toSorted((a, b) => b.home.length - a.home.length)[0];
}

/** CAPITALS in a catalogue's command are for a person to fill in. */
function hasBlanks(command: string): boolean {
  return /(?:^|\s)[A-Z][A-Z_]+\b/u.test(command);
}

/**
 * The owner's command, safe to copy, or undefined where it has blanks or there is none. Root runs it as the owner of
 * the home it is about: a cache command clears the cache of whoever runs it.
 */
export function ownerCommand(
  { command }: CatalogueEntry,
  owner: UserAccount | undefined,
  { isRoot }: Facts,
): string | undefined {
  if (command === undefined || hasBlanks(command)) return undefined;
  if (!isRoot || owner === undefined || owner.uid === 0) return command;
  return `su - ${shellWord(owner.name)} -c ${shellWord(fromText(command))}`;
}

/** `rm -rf` for a few directories; undefined for more than a person reads before pressing Enter. */
export function removeCommand(paths: readonly ByteString[]): string | undefined {
  if (paths.length === 0 || paths.length > MOST_REMOVED) return undefined;
  return `rm -rf -- ${paths.map(shellWord).join(' ')}`;
}

const MOST_REMOVED = 5;

/** What a person is told about a place: its condition, else what its class allows. */
export function adviceOf(entry: CatalogueEntry): string {
  const { advice, command } = entry;
  const filled = command !== undefined && hasBlanks(command) ? ` (${command})` : '';
  if (advice !== undefined) return advice + filled;
  switch (entry.class) {
    case 'A':
      return command === undefined
        ? 'delete it while its program is not running; it is made again when needed'
        : 'its own command clears it; it is made again when needed';
    case 'B':
      return `only its own command removes it without damage${filled}`;
    default:
      return `look at what is in it before it goes${filled}`;
  }
}
