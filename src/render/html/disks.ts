/** A filesystem on the page: how full it is, and its ledger as a bar whose parts add up to what is used. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Account } from '../../model/ledger.ts';
import { displayName } from '../terminal/escape.ts';
import { formatShare, formatSize } from '../terminal/size.ts';
import { accountTitles, ledgerNoteText } from '../words/ledger.ts';
import { escapeHtml } from './markup.ts';

const SIZES = { exact: false };

export function diskSection(filesystem: Filesystem): string {
  const {
    mountPoint,
    device,
    type,
    usedBytes,
    availableBytes,
    totalBytes,
    reservedBytes,
    inodes,
    inodesUsed,
  } = filesystem;
  const facts = [
    `${formatShare(usedBytes, usedBytes + availableBytes)} used`,
    `${formatSize(availableBytes, SIZES)} free of ${formatSize(totalBytes, SIZES)}`,
    ...(inodes > 0 ? [`inodes ${formatShare(inodesUsed, inodes)} used`] : []),
    ...(reservedBytes > 0 ? [`reserved for root ${formatSize(reservedBytes, SIZES)}`] : []),
  ];
  return `<section class="disk">
<h2>${escapeHtml(displayName(mountPoint))} <small>${escapeHtml(displayName(device))}, ${escapeHtml(type)}</small></h2>
<p>${facts.map(escapeHtml).join(' · ')}</p>
${bar(filesystem)}
<table><caption>Ledger: ${formatSize(usedBytes, SIZES)} used</caption>
<thead><tr><th scope="col">account</th><th scope="col" class="number">bytes</th><th scope="col">note</th></tr></thead>
<tbody>${filesystem.ledger.accounts.map((account, index) => row(account, index)).join('')}</tbody></table>
</section>
`;
}

/** An image with a text of its own: the table below says the same. */
function bar({ usedBytes, ledger }: Filesystem): string {
  let left = 0;
  const parts = ledger.accounts.map(({ bytes = 0 }, index) => {
    const width = usedBytes > 0 ? (Math.max(0, bytes) / usedBytes) * 100 : 0;
    const rectangle = `<rect class="account-${index}" x="${left.toFixed(3)}" y="0" width="${width.toFixed(3)}" height="4"/>`;
    left += width;
    return rectangle;
  });
  return `<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="what is used, by account">${parts.join('')}</svg>`;
}

function row({ account, bytes, complete, note }: Account, index: number): string {
  const figure =
    bytes === undefined
      ? '?'
      : `${complete ? '' : '≥ '}${bytes < 0 ? '−' : ''}${formatSize(Math.abs(bytes), SIZES)}`;
  const text = note === undefined ? '' : ledgerNoteText(note);
  return `<tr><td><svg class="key" viewBox="0 0 1 1" aria-hidden="true"><rect class="account-${index}" width="1" height="1"/></svg> ${escapeHtml(accountTitles[account])}</td><td class="number">${escapeHtml(figure)}</td><td>${escapeHtml(text)}</td></tr>`;
}
