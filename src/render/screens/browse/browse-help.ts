/** The page of keys and signs. */
import { cutEnd } from '../../terminal/text-width.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import type { BrowseScreen } from './browse-view.ts';

/** On 80 columns each has one line, and all of them a screen of 24. */
const keys: readonly (readonly [keys: string, meaning: string])[] = [
  ['up down  k j', 'next entry; further: PgUp PgDn Ctrl-B Ctrl-F Home End g G'],
  ['Enter right l', 'into the directory; so does a click on the chosen entry'],
  ['left h < Backspace', 'to the directory above'],
  ['s a f', 'sort by bytes on disk, apparent size, what would come back'],
  ['C M n', 'sort by entries, latest change, name; again, or v: turned'],
  ['+', 'sort by growth since the snapshot of --since'],
  ['t', 'directories first'],
  ['/', 'only names that hold what is typed; Enter keeps, Esc clears'],
  ['w', 'why: everything that was found; Enter goes to the place'],
  ['i', 'show or hide the panel that says why'],
  ['Space  u', 'mark an entry; take all marks away'],
  ['d', 'delete what is marked, or the entry: judged, then asked'],
  ['r  R', 'scan what is shown again; only the directory at the cursor'],
  ['q  Ctrl-C  Ctrl-Z', 'quit; suspend'],
];

const signs: readonly (readonly [sign: string, meaning: string])[] = [
  ['≥', 'at least: something was not read, or is still being read'],
  ['~', 'about: something in it was scanned again or deleted since'],
  ['/ @ =', 'directory, symbolic link, socket or device'],
];

const KEYS_WIDTH = 20;
const HEAD_AND_FOOT = 2;

/** How far a terminal of this size can be scrolled through the page; 0 where it shows all of it. */
export function helpScroll(width: number, height: number): number {
  return Math.max(0, browseHelpLines({ width }).length - (height - HEAD_AND_FOOT));
}

export function browseHelpLines(screen: Pick<BrowseScreen, 'width'>): string[] {
  const line = ([left, meaning]: readonly [string, string]): string[] =>
    screen.width < 3 * KEYS_WIDTH
      ? [cutEnd(left, screen.width), ...wrapWords('    ', meaning, screen.width)]
      : wrapWords(left.padEnd(KEYS_WIDTH), meaning, screen.width);
  return [...keys.flatMap(line), '', ...signs.flatMap(line)];
}
