/** Why the row under the cursor is there: what was found, what it is for, whose it is, how old, who holds it, what to do. */
import type { Finding } from '../../../model/finding.ts';
import type { HoldKind } from '../../../model/process.ts';
import { ageText } from '../../../model/age.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { wrapCommand, wrapWords } from '../../terminal/wrap.ts';
import { countOf } from '../../words/phrases.ts';
import { saidOf } from '../../words/said-of.ts';
import type { BrowseScreen, BrowseView, WhyOfRow } from './browse-view.ts';

/** Blocks that are not filled to their end make a smaller difference than this in most files. */
const WORTH_TELLING_BYTES = 2 ** 20;
/** Sentences about a finding. */
const MOST_SENTENCES = 3;

export function panelLines({ why, nowSeconds, progress }: BrowseView, screen: BrowseScreen): string[] {
  if (!why) return [];
  const { style, width } = screen;
  const { row, found } = why;
  const lines = [style.bold(cutMiddle(displayName(row.name), width))];
  lines.push(...flowLines('', factsOf(why, nowSeconds, screen), width));
  lines.push(...wrapWords('', escapeText(holdersText(why)), width));
  if (found) lines.push(...findingLines(found, why.moreInside, nowSeconds, screen));
  else if (progress.phase !== 'done')
    lines.push(style.dim(cutEnd('what was found comes with the end of the scan', width)));
  return lines;
}

function factsOf({ row, use, details }: WhyOfRow, nowSeconds: number, { sizes }: BrowseScreen): string[] {
  const owner = details?.owner;
  const isWhole = row.kind !== 'outside';
  return [
    use,
    ...(owner === undefined
      ? []
      : [`of ${owner.name === undefined ? `uid ${owner.uid}` : displayName(owner.name)}`]),
    ...(Number.isFinite(row.newest) ? [changedText(nowSeconds - row.newest)] : []),
    ...(details && details.links > 1 ? [`${formatCount(details.links)} names`] : []),
    ...(isWhole && Math.abs(row.apparentBytes - row.diskBytes) >= WORTH_TELLING_BYTES
      ? [`${formatSize(row.apparentBytes, sizes)} apparent`]
      : []),
    ...(isWhole && row.freeableBytes < row.diskBytes
      ? [`${formatSize(row.freeableBytes, sizes)} would come back`]
      : []),
  ];
}

function changedText(seconds: number): string {
  return seconds < 0 ? 'changed in the future' : `changed ${ageText(seconds)} ago`;
}

const holds: Readonly<Record<HoldKind, string>> = {
  executable: 'runs from it',
  'working-directory': 'works in it',
  root: 'has its root in it',
  descriptor: 'has it open',
  mapping: 'has it mapped',
};

function holdersText({ details }: WhyOfRow): string {
  if (!details) return ' ';
  const { holders, holderCount, hidden } = details;
  const unseen = hidden > 0 ? `${countOf(hidden, 'process', 'processes')} cannot be seen` : '';
  if (holderCount === 0)
    return unseen === '' ? 'nobody holds it' : `nobody who can be seen holds it; ${unseen}`;
  const [first] = holders;
  if (!first) return `${countOf(holderCount, 'process holds', 'processes hold')} it`;
  const unit = first.unit === undefined ? '' : `, ${first.unit}`;
  const more = holderCount > 1 ? `, and ${formatCount(holderCount - 1)} more` : '';
  return `${first.name} (pid ${first.pid}${unit}) ${holds[first.how]}${more}${unseen === '' ? '' : `; ${unseen}`}`;
}

function findingLines(
  { finding, where }: NonNullable<WhyOfRow['found']>,
  moreInside: number,
  nowSeconds: number,
  screen: BrowseScreen,
): string[] {
  const { style, width } = screen;
  const { title, evidence, advice } = saidOf(finding, nowSeconds);
  const more = moreInside > 0 ? ` and ${formatCount(moreInside)} more` : '';
  const prefix = { itself: '', around: 'part of: ', inside: 'in it: ' }[where];
  const head = `${prefix}${title}${sizeOfFinding(finding, screen)}${more}`;
  const [path] = finding.paths;
  const lines = wrapWords('', head, width).map(style.warning);
  if (where !== 'itself' && path !== undefined) lines.push(cutMiddle(displayName(path), width));
  for (const sentence of evidence.slice(0, MOST_SENTENCES))
    lines.push(...wrapWords('· ', escapeText(sentence), width));
  lines.push(...wrapWords('→ ', escapeText(advice), width));
  const line = finding.remedies.at(0)?.line;
  if (line !== undefined) {
    const command = wrapCommand('  ', line, width);
    // A command that had to be cut would be another one.
    if (command.every((one) => textWidth(one) <= width)) lines.push(...command.map(style.good));
  }
  return lines;
}

function sizeOfFinding({ claimedBytes }: Finding, { sizes }: BrowseScreen): string {
  return claimedBytes > 0 ? `, ${formatSize(claimedBytes, sizes)}` : '';
}
