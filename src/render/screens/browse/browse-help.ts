/** The page of keys and signs. */
import { cutEnd } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import type { BrowseScreen } from './browse-view.ts';

const keys: readonly (readonly [keys: string, meaning: string])[] = [
  ['up down  k j', 'to the next entry; PgUp PgDn, Ctrl-B Ctrl-F, Home End, g G go further'],
  ['Enter right l', 'into the directory; a click on an entry that is chosen does the same'],
  ['left h < Backspace', 'to the directory above'],
  ['s a f', 'sort by bytes on disk, apparent size, what deleting gives back'],
  ['C M n', 'sort by entries, by the latest change, by name; again, or v, turns it round'],
  ['+', 'sort by growth since the snapshot of --since'],
  ['t', 'directories first'],
  ['/', 'show only names that hold what is typed; Enter keeps it, Esc clears it'],
  ['w', 'why: everything that was found; Enter goes to the place'],
  ['i', 'show or hide the panel that says why'],
  ['Space  u', 'mark an entry; take all marks away'],
  ['d', 'delete what is marked, or the entry: judged first as diskwhy tmp judges, and asked'],
  ['r  R', 'scan what is shown again; only the directory under the cursor'],
  ['q  Ctrl-C  Ctrl-Z', 'quit; suspend'],
];

const signs: readonly (readonly [sign: string, meaning: string])[] = [
  ['≥', 'at least: something could not be read, or is still being read'],
  ['~', 'about: something in it was scanned again or deleted since'],
  ['/ @ =', 'directory, symbolic link, socket or device'],
];

const KEYS_WIDTH = 20;

export function browseHelpLines(screen: BrowseScreen): string[] {
  const line = ([left, meaning]: readonly [string, string]): string[] =>
    screen.width < 3 * KEYS_WIDTH
      ? [cutEnd(left, screen.width), ...wrapWords('    ', meaning, screen.width)]
      : wrapWords(left.padEnd(KEYS_WIDTH), meaning, screen.width);
  return [...keys.flatMap(line), '', ...signs.flatMap(line)];
}
