/** The ledger of a filesystem: what is used, as a sum of accounts, and what could not be seen of each. */
import type { Filesystem } from '../../../model/filesystem.ts';
import type { Account, AccountName, Ledger } from '../../../model/ledger.ts';
import { escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { layoutWidth } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { ledgerNoteText } from '../../words/ledger.ts';

const titles: Readonly<Record<AccountName, string>> = {
  walked: 'walked',
  'deleted-open': 'deleted, still open',
  'hidden-under-mounts': 'hidden under mounts',
  'filesystem-metadata': "filesystem's own",
  unreadable: 'unreadable',
  interrupted: 'not walked',
  excluded: 'excluded',
  elsewhere: 'elsewhere on it',
  unseen: 'not looked at',
  unexplained: 'unexplained',
};

const LABEL = 'LEDGER  ';
/** What is told with its share of all. */
const SHARED: ReadonlySet<AccountName> = new Set(['unseen', 'unexplained']);

export function ledgerLines({ usedBytes, ledger }: Filesystem, screen: Screen): string[] {
  const width = layoutWidth(screen);
  const size = (bytes: number): string => formatSize(Math.abs(bytes), screen.sizes);
  const shown = ledger.accounts.filter((account) => isTold(account, ledger, usedBytes));
  const phrases = shown.map((account, index) => {
    const { account: name, bytes, complete } = account;
    const sign = bytes !== undefined && bytes < 0 ? '− ' : '+ ';
    const least = complete || name === 'walked' ? '' : '≥';
    const share =
      bytes !== undefined && SHARED.has(name) ? ` (${formatShare(Math.abs(bytes), usedBytes)})` : '';
    const figure = bytes === undefined ? '?' : least + size(bytes) + share;
    return `${index === 0 ? '' : sign}${titles[name]} ${figure}`;
  });
  const lines = flowLines(
    screen.style.bold(LABEL),
    [`${size(usedBytes)} used = ${phrases[0]}`, ...phrases.slice(1)],
    width,
  );
  for (const { account, note } of shown) {
    if (note === undefined) continue;
    const sentence = escapeText(`${titles[account]}: ${ledgerNoteText(note)}`);
    lines.push(...wrapWords(' '.repeat(LABEL.length), sentence, width));
  }
  return lines;
}

/** What is next to nothing is left out, but for what is always asked and what may hold something unseen. */
function isTold({ account, bytes, complete }: Account, { scope }: Ledger, usedBytes: number): boolean {
  if (account === 'walked' || SHARED.has(account)) return true;
  // Where only a part was walked, what the filesystem does not tell of itself is among what lies elsewhere.
  if (!complete && (scope === 'filesystem' || account !== 'filesystem-metadata')) return true;
  return Math.abs(bytes ?? 0) >= usedBytes * WORTH_A_PHRASE;
}

const WORTH_A_PHRASE = 0.0005;
