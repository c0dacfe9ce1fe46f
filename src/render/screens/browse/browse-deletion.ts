/** What would be deleted or moved aside and what stays, before it is done; and what was done. */
import { displayName, escapeText } from '../../terminal/escape.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle } from '../../terminal/text-width.ts';
import { wrapCommand, wrapWords } from '../../terminal/wrap.ts';
import { obstacleText } from '../../words/deletion.ts';
import { countOf } from '../../words/phrases.ts';
import { adviceWords } from '../../words/tmp-advice.ts';
import { reasonWords } from '../../words/tmp.ts';
import type { AskedUnit, BrowseScreen, Overlay } from './browse-view.ts';

const SIZE_WIDTH = 10;

/** The question and what it is about; units from number `top` on. */
export function askingLines(
  { units, top }: Extract<Overlay, { what: 'asking' }>,
  screen: BrowseScreen,
): string[] {
  const { style, width } = screen;
  const going = units.filter(({ unit }) => unit?.verdict === 'deletable');
  const moved = going.filter(({ isMoved }) => isMoved);
  const gone = going.filter(({ isMoved }) => !isMoved);
  const question = [
    ...(gone.length > 0 ? [`Delete ${entriesText(gone, screen)} for good`] : []),
    ...(moved.length > 0 ? [`${gone.length > 0 ? 'move' : 'Move'} aside ${entriesText(moved, screen)}`] : []),
  ].join(', ');
  const head =
    going.length === 0
      ? [style.warning('Nothing of it may be deleted.')]
      : wrapWords('', `${question}? [y/N]`, width).map(style.bold);
  const notes =
    moved.length > 0
      ? wrapWords(
          '',
          'What is moved aside frees nothing yet: it can be brought back, or purged with diskwhy tmp --purge.',
          width,
        )
      : [];
  return [...head, ...notes, '', ...units.slice(top).flatMap((unit) => unitLines(unit, screen))];
}

function entriesText(units: readonly AskedUnit[], { sizes }: BrowseScreen): string {
  const bytes = units.reduce((sum, { unit }) => sum + (unit?.freeableBytes ?? 0), 0);
  return `${countOf(units.length, 'entry', 'entries')} (${formatSize(bytes, sizes)})`;
}

function unitLines({ path, unit, refusal, isMoved }: AskedUnit, screen: BrowseScreen): string[] {
  const { style, width, sizes } = screen;
  const goes = unit?.verdict === 'deletable';
  const verdict = goes ? (isMoved ? 'aside' : 'delete') : 'STAYS';
  const size = (unit ? formatSize(unit.freeableBytes, sizes) : '').padStart(SIZE_WIDTH);
  const head = `${verdict.padEnd(7)}${size}  `;
  const line = head + cutMiddle(displayName(path), Math.max(8, width - head.length));
  const reason = unit ? reasonWords(unit) : (refusal ?? 'it is gone, or cannot be looked at');
  const advice = unit && !goes && unit.advice ? adviceWords(unit.advice) : undefined;
  return [
    goes ? line : style.warning(line),
    ...wrapWords(' '.repeat(9), escapeText(reason), width),
    ...(advice ? wrapWords(' '.repeat(9), escapeText(advice.text), width) : []),
    ...(advice?.command === undefined
      ? []
      : wrapCommand(' '.repeat(9), advice.command, width).map(style.good)),
  ];
}

export function toldLines(
  { outcomes, freedBytes, undo, top }: Extract<Overlay, { what: 'told' }>,
  screen: BrowseScreen,
): string[] {
  const { style, width, sizes } = screen;
  const deleted = outcomes.filter(({ outcome }) => outcome === 'deleted').length;
  const moved = outcomes.filter(({ outcome }) => outcome === 'quarantined').length;
  const said = [
    ...(deleted > 0
      ? [`Deleted ${countOf(deleted, 'entry', 'entries')}: freed ${formatSize(freedBytes, sizes)}.`]
      : []),
    ...(moved > 0 ? [`Moved aside ${countOf(moved, 'entry', 'entries')}: nothing is freed yet.`] : []),
  ];
  const lines = (said.length > 0 ? said : ['Nothing was deleted.']).map((one) =>
    style.bold(cutEnd(one, width)),
  );
  if (undo !== undefined)
    lines.push(cutEnd('To bring it back:', width), ...wrapCommand('  ', undo, width).map(style.good));
  lines.push('');
  for (const { path, outcome, obstacle, removedEntries } of outcomes.slice(top)) {
    const name = cutMiddle(displayName(path), Math.max(8, width - outcome.length - 2));
    lines.push(`${outcome}  ${name}`);
    if (obstacle)
      lines.push(...wrapWords('    ', escapeText(obstacleText(obstacle)), width).map(style.warning));
    if (obstacle && removedEntries > 0)
      lines.push(cutEnd(`    ${formatCount(removedEntries)} names in it were already removed`, width));
  }
  return lines;
}
