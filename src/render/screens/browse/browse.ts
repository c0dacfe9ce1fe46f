/** The browser's screen: where we are, what is there, why it is there, and which keys there are. */
import { ageText } from '../../../model/age.ts';
import { errnoMessage } from '../../../model/errno-message.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { formatChange, formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { askingLines, toldLines } from './browse-deletion.ts';
import { browseHelpLines, helpScroll } from './browse-help.ts';
import { layoutOf, listRoom } from './browse-layout.ts';
import { panelLines } from './browse-panel.ts';
import { rowLine, titleLine } from './browse-rows.ts';
import type { BrowseScreen, BrowseView } from './browse-view.ts';
import { whyListLines } from './browse-why.ts';

/** Exactly `screen.height` lines, none wider than `screen.width`. */
export function browseLines(view: BrowseView, screen: BrowseScreen): string[] {
  const body = bodyLines(view, screen);
  const room = Math.max(0, screen.height - 2);
  const filler = Array.from({ length: Math.max(0, room - body.length) }, () => '');
  const lines = [headLine(view, screen), ...body.slice(0, room), ...filler, footLine(view, screen)];
  return lines.slice(0, screen.height);
}

function bodyLines(view: BrowseView, screen: BrowseScreen): string[] {
  const { overlay } = view;
  switch (overlay?.what) {
    case 'help':
      return browseHelpLines(screen).slice(overlay.top);
    case 'why':
      return whyListLines(overlay, view.nowSeconds, screen, listRoom(screen.height));
    case 'asking':
      return askingLines(overlay, screen);
    case 'told':
      return toldLines(overlay, screen);
    default:
      return treeLines(view, screen);
  }
}

function treeLines(view: BrowseView, screen: BrowseScreen): string[] {
  const { rows, panel } = layoutOf(screen.width, screen.height, view.showsWhy);
  const width = panel?.where === 'beside' ? screen.width - panel.width - GAP.length : screen.width;
  const left = { ...screen, width };
  const lines = [titleLine(view, left), ...rowLines(view, rows, left)];
  if (!panel) return lines;
  const beside = panel.where === 'beside';
  const right = panelLines(view, { ...screen, width: panel.width }).slice(0, panel.lines);
  if (!beside) return [...padded(lines, rows + 1), screen.style.dim('─'.repeat(screen.width)), ...right];
  return padded(lines, rows + 1).map((line, at) => {
    const said = at === 0 ? '' : (right[at - 1] ?? '');
    const space = ' '.repeat(Math.max(0, width - visibleWidth(line)));
    return line + space + screen.style.dim(GAP) + said;
  });
}

const GAP = ' │ ';

function padded(lines: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, at) => lines[at] ?? '');
}

/** Columns of a line that may be coloured (ECMA-48, SGR). */
function visibleWidth(line: string): number {
  // eslint-disable-next-line no-control-regex -- the escape sequences are what is looked for
  return textWidth(line.replaceAll(/\u001B\[[\d;]*m/gu, ''));
}

function rowLines(view: BrowseView, most: number, screen: BrowseScreen): string[] {
  const { rows, cursor } = view;
  if (!rows)
    return [
      screen.style.dim(view.reading > 0 ? `reading, ${formatCount(view.reading)} entries so far` : 'reading'),
    ];
  if (rows.length === 0) {
    const why =
      view.filter !== ''
        ? 'no name holds what was typed'
        : view.trouble === undefined
          ? 'nothing is in it'
          : '';
    return why === '' ? [] : [screen.style.dim(`  ${why}`)];
  }
  return rows.slice(0, most).map((row, at) => rowLine(row, at === cursor, view, screen));
}

function headLine({ path, own, since, disk, trouble, nowSeconds }: BrowseView, screen: BrowseScreen): string {
  const { style, sizes, width } = screen;
  const mark = own.isIncomplete ? '≥ ' : own.isChanged ? '~ ' : '';
  const figures = [
    ...(trouble === undefined ? [] : [errnoMessage(trouble)]),
    mark + formatSize(screen.apparent ? own.apparentBytes : own.diskBytes, sizes),
    ...(since?.growth === undefined
      ? []
      : [growthText({ ...since, growth: since.growth }, nowSeconds, screen)]),
    `${formatCount(own.entries)} entries`,
    ...(disk
      ? [`${formatSize(disk.availableBytes, sizes)} free of ${formatSize(disk.totalBytes, sizes)}`]
      : []),
  ];
  const right = cutEnd(asManyAsFit(figures, width - LEAST_PATH), Math.max(0, width - LEAST_PATH));
  const left = cutMiddle(displayName(path), Math.max(0, width - textWidth(right) - 3));
  const gap = ' '.repeat(Math.max(0, width - textWidth(left) - textWidth(right)));
  return style.bold(left) + gap + right;
}

const LEAST_PATH = 20;
const BETWEEN_FIGURES = '   ';

/** The first is always there: half a number would be another one. */
function asManyAsFit(figures: readonly string[], width: number): string {
  let count = figures.length;
  while (count > 1 && textWidth(figures.slice(0, count).join(BETWEEN_FIGURES)) > width) count--;
  return figures.slice(0, count).join(BETWEEN_FIGURES);
}

/** "+3.2 GiB in 8 d" */
function growthText(
  { growth, takenAt, complete }: { readonly growth: number } & NonNullable<BrowseView['since']>,
  nowSeconds: number,
  screen: BrowseScreen,
): string {
  const span =
    takenAt === undefined ? 'since the snapshot' : `in ${ageText(Math.max(0, nowSeconds - takenAt))}`;
  return `${complete ? '' : '~ '}${formatChange(growth, screen.sizes)} ${span}`;
}

function footLine(view: BrowseView, screen: BrowseScreen): string {
  const { style, width } = screen;
  const keys = keysOf(view, screen);
  const said = cutEnd(escapeText(saidAtFoot(view, screen)), width);
  const room = width - textWidth(said) - 3;
  const shown = room >= textWidth(keys) ? keys : room >= SHORT_KEYS.length && !view.overlay ? SHORT_KEYS : '';
  const gap = ' '.repeat(Math.max(0, width - textWidth(said) - textWidth(shown)));
  return (view.message === undefined ? said : style.warning(said)) + gap + style.dim(shown);
}

const SHORT_KEYS = '? help  q quit';

function keysOf({ overlay, isTyping, marks }: BrowseView, { width, height }: BrowseScreen): string {
  if (isTyping) return 'Enter keep  Esc clear';
  switch (overlay?.what) {
    case undefined:
      return `${marks.count > 0 ? 'd delete  u unmark' : 'w why  / filter'}  ? help  q quit`;
    case 'help':
      return helpScroll(width, height) > 0 ? 'up down more  any other key: back' : 'any key: back';
    case 'why':
      return 'Enter go there  ? help  q back';
    case 'asking':
      return overlay.units.some(({ unit }) => unit?.verdict === 'deletable')
        ? 'y yes  D for good, or aside  any other key: no'
        : 'any key: back';
    case 'judging':
    case 'deleting':
      return 'Esc stop';
    default:
      return 'any key: back';
  }
}

function saidAtFoot(view: BrowseView, { sizes }: BrowseScreen): string {
  const { overlay, message, progress, marks, matching, all, filter } = view;
  if (message !== undefined) return message;
  if (view.isTyping) return `/${displayName(filter)}_   ${formatCount(matching)} of ${formatCount(all)}`;
  if (overlay?.what === 'judging') return 'looking at it, and at who holds it';
  if (overlay?.what === 'deleting') return `at it: ${overlay.done} of ${overlay.of} done`;
  if (overlay) return '';
  const parts = [
    ...(progress.phase === 'scanning' && view.isRecorded
      ? [`reading: ${formatSize(progress.diskBytes, sizes)}`]
      : progress.phase === 'scanning'
        ? [`scanning: ${formatCount(progress.entries)} entries, ${formatSize(progress.diskBytes, sizes)}`]
        : progress.phase === 'explaining'
          ? ['finding out why']
          : []),
    ...(view.rescanning ? ['scanning again'] : []),
    ...(marks.count > 0 ? [`${formatCount(marks.count)} marked, ${formatSize(marks.diskBytes, sizes)}`] : []),
    ...(filter === '' ? [] : [`/${displayName(filter)}: ${formatCount(matching)} of ${formatCount(all)}`]),
    ...(view.problems > 0 ? [`${formatCount(view.problems)} not readable`] : []),
    positionText(view),
  ];
  return parts.filter((part) => part !== '').join('   ');
}

function positionText({ above, cursor, matching, rows }: BrowseView): string {
  if (!rows || matching === 0) return '';
  const at = above + cursor + 1;
  return `${formatCount(at)} of ${formatCount(matching)} (${formatShare(at, matching)})`;
}
