/** The ledger of a filesystem: what is used, as a sum of accounts, and what could not be seen of each. */
import type { Filesystem } from '../../../model/filesystem.ts';
import type { Account, AccountName, Ledger } from '../../../model/ledger.ts';
import { escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { screenRows } from '../../terminal/screen-rows.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { accountTitles, ledgerNoteText } from '../../words/ledger.ts';

const LABEL = 'LEDGER  ';
/** What is told with its share of all. */
const SHARED: ReadonlySet<AccountName> = new Set(['unseen', 'unexplained']);

export function ledgerLines({ usedBytes, ledger }: Filesystem, screen: Screen): string[] {
  const { width } = screen;
  const shown = ledger.accounts.filter((account) => isTold(account, ledger, usedBytes));
  const phrases = shown.map(
    (account, index) => phraseOf(account, index === 0, screen) + shareOf(account, usedBytes),
  );
  const lines = flowLines(
    screen.style.bold(LABEL),
    [`${formatSize(usedBytes, screen.sizes)} used = ${phrases[0]}`, ...phrases.slice(1)],
    width,
  );
  for (const { account, note } of shown) {
    if (note === undefined) continue;
    const sentence = escapeText(`${accountTitles[account]}: ${ledgerNoteText(note)}`);
    lines.push(...wrapWords(' '.repeat(LABEL.length), sentence, width));
  }
  return lines;
}

/** The same in one line: what is walked, then the largest; what has no room is summed up. */
export function ledgerLine({ usedBytes, ledger }: Filesystem, screen: Screen): string {
  const [walked, ...others] = ledger.accounts.filter((account) => isTold(account, ledger, usedBytes));
  const known = others
    .filter(({ bytes }) => bytes !== undefined && bytes !== 0)
    .toSorted((a, b) => Math.abs(b.bytes!) - Math.abs(a.bytes!));
  // What was not looked at holds what is unknown, and what is unknown besides is said at the last.
  const unknown = others.filter(({ bytes }) => bytes === undefined);
  const isCovered = others.some(({ account }) => account === 'unseen');
  const sorted = [walked, ...known, ...(isCovered ? [] : unknown)];
  const start = `${screen.style.bold(LABEL)}${formatSize(usedBytes, screen.sizes)} =`;
  const line = (count: number): string => {
    const phrases = sorted.slice(0, count).map((account, index) => phraseOf(account, index === 0, screen));
    if (count < sorted.length) phrases.push(othersPhrase(sorted.slice(count), screen));
    return [start, ...phrases].join(' ');
  };
  let count = sorted.length;
  while (count > 1 && screenRows([line(count)], screen.width) > 1) count--;
  return line(count);
}

/** "+ hidden under mounts 3.9 GiB"; the first has no sign. */
function phraseOf({ account, bytes, complete }: Account, isFirst: boolean, { sizes }: Screen): string {
  const title = accountTitles[account];
  if (bytes === undefined) return signed(title, '?', false);
  const least = complete || account === 'walked' ? '' : '≥';
  const figure = `${least}${formatSize(Math.abs(bytes), sizes)}`;
  return isFirst ? `${title} ${figure}` : signed(title, figure, bytes < 0);
}

/** " (0.1 %)" where it is what a person asks of it. */
function shareOf({ account, bytes = 0 }: Account, usedBytes: number): string {
  return SHARED.has(account) ? ` (${formatShare(Math.abs(bytes), usedBytes)})` : '';
}

function othersPhrase(others: readonly Account[], { sizes }: Screen): string {
  const sum = others.reduce((total, { bytes = 0 }) => total + bytes, 0);
  const isKnown = others.every(({ bytes }) => bytes !== undefined);
  if (sum === 0 && !isKnown) return signed('others', '?', false);
  return signed('others', `${isKnown ? '' : '≥'}${formatSize(Math.abs(sum), sizes)}`, sum < 0);
}

function signed(title: string, figure: string, isNegative: boolean): string {
  return `${isNegative ? '−' : '+'} ${title} ${figure}`;
}

/** What is next to nothing is left out, but for what is always asked and what may hold something unseen. */
function isTold({ account, bytes, complete }: Account, { scope }: Ledger, usedBytes: number): boolean {
  if (account === 'walked' || SHARED.has(account)) return true;
  // Where only a part was walked, what the filesystem does not tell of itself is among what lies elsewhere.
  if (!complete && (scope === 'filesystem' || account !== 'filesystem-metadata')) return true;
  return Math.abs(bytes ?? 0) >= usedBytes * WORTH_A_PHRASE;
}

const WORTH_A_PHRASE = 0.0005;
