/** A line per entry: how much, how large a part, how many, how old, and its name, which gets the room that is left. */
import { bar } from '../../terminal/bar.ts';
import { displayName } from '../../terminal/escape.ts';
import { formatAge, formatChange, formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import { saidOf } from '../../words/said-of.ts';
import type { BrowseRow, BrowseScreen, BrowseView } from './browse-view.ts';

type Sorting = BrowseView['sorting'];

/** Exact sizes up to the petabytes. */
const EXACT_MORE = 11;
const SIZE_WIDTH = 10;
const BAR_WIDTH = 10;
const SHARE_WIDTH = 6;
const COUNT_WIDTH = 11;
const AGE_WIDTH = 7;
const GAP = '  ';
/** The cursor, a mark, and what is to be known of the figures. */
const SIGNS_WIDTH = 3;
const GROWTH_WIDTH = 12;
/** Names keep this room; numbers that matter least go first. */
const LEAST_NAME = 20;
/** What was found stands beside the name where this much room is left. */
const LEAST_FOUND = 14;

interface Columns {
  readonly size: number;
  readonly growth: boolean;
  readonly share: boolean;
  readonly bar: boolean;
  readonly count: boolean;
  readonly age: boolean;
  readonly name: number;
}

function columnsFor({ width, sizes }: BrowseScreen, { by }: Sorting, hasGrowth: boolean): Columns {
  const size = SIZE_WIDTH + (sizes.exact ? EXACT_MORE : 0);
  let left = width - SIGNS_WIDTH - size - GAP.length;
  const take = (needed: number): boolean => {
    if (left - needed < LEAST_NAME) return false;
    left -= needed;
    return true;
  };
  // Whoever names a snapshot wants to see it.
  const growth = hasGrowth && take(growthWidth(sizes) + GAP.length);
  // What is sorted by is seen first.
  const countFirst = by === 'count' && take(COUNT_WIDTH + GAP.length);
  const ageFirst = by === 'age' && take(AGE_WIDTH + GAP.length);
  const share = take(SHARE_WIDTH + GAP.length);
  const age = ageFirst || take(AGE_WIDTH + GAP.length);
  const count = countFirst || take(COUNT_WIDTH + GAP.length);
  const hasBar = share && take(BAR_WIDTH + 1);
  return { size, growth, share, bar: hasBar, count, age, name: Math.max(1, left) };
}

function growthWidth({ exact }: BrowseScreen['sizes']): number {
  return GROWTH_WIDTH + (exact ? EXACT_MORE : 0);
}

/** What sizes are shown: those that are sorted by. */
function sizeOf(
  row: Pick<BrowseRow, 'diskBytes' | 'apparentBytes' | 'freeableBytes'>,
  { by }: Sorting,
): number {
  if (by === 'apparent') return row.apparentBytes;
  return by === 'freeable' ? row.freeableBytes : row.diskBytes;
}

const sizeTitles = { apparent: 'APPARENT', freeable: 'FREEABLE' } as const;

export function titleLine(
  { sorting, since }: Pick<BrowseView, 'sorting' | 'since'>,
  screen: BrowseScreen,
): string {
  const columns = columnsFor(screen, sorting, since !== undefined);
  const { by, descending } = sorting;
  const sign = descending ? 'v' : '^';
  const titled = (title: string, isSorted: boolean): string => (isSorted ? `${sign}${title}` : title);
  const isSize = by === 'disk' || by === 'apparent' || by === 'freeable';
  const size = by === 'apparent' || by === 'freeable' ? sizeTitles[by] : 'DISK';
  const cells = [
    ' '.repeat(SIGNS_WIDTH) + titled(size, isSize).padStart(columns.size),
    ...(columns.growth ? [titled('GREW', by === 'growth').padStart(growthWidth(screen.sizes))] : []),
    ...(columns.share
      ? ['SHARE'.padStart(SHARE_WIDTH) + (columns.bar ? ' '.repeat(BAR_WIDTH + 1) : '')]
      : []),
    ...(columns.count ? [titled('ENTRIES', by === 'count').padStart(COUNT_WIDTH)] : []),
    ...(columns.age ? [titled('CHANGED', by === 'age').padStart(AGE_WIDTH)] : []),
    titled('NAME', by === 'name'),
  ];
  return screen.style.dim(cutEnd(cells.join(GAP), screen.width));
}

export function rowLine(row: BrowseRow, isCurrent: boolean, view: BrowseView, screen: BrowseScreen): string {
  const { sorting, own, nowSeconds } = view;
  const columns = columnsFor(screen, sorting, view.since !== undefined);
  const { style } = screen;
  const bytes = sizeOf(row, sorting);
  const isOfCount = sorting.by === 'count';
  const part = isOfCount ? row.entries : bytes;
  const whole = isOfCount ? own.entries : sizeOf(own, sorting);
  const isUnknown = row.kind === 'outside';
  const share = isUnknown ? '–' : formatShare(part, whole);
  const drawn = columns.bar ? ` ${barOf(isUnknown ? 0 : part / whole)}` : '';
  const signs = (isCurrent ? '>' : ' ') + (row.isMarked ? '*' : ' ') + signOf(row);
  const cells = [
    signs + (isUnknown ? '–' : formatSize(bytes, screen.sizes)).padStart(columns.size),
    ...(columns.growth ? [growthText(row.growth, screen).padStart(growthWidth(screen.sizes))] : []),
    ...(columns.share ? [share.padStart(SHARE_WIDTH) + drawn] : []),
    ...(columns.count
      ? [(row.kind === 'directory' ? formatCount(row.entries) : '').padStart(COUNT_WIDTH)]
      : []),
    ...(columns.age ? [formatAge(nowSeconds - row.newest).padStart(AGE_WIDTH)] : []),
  ];
  const name = cutMiddle(displayName(row.name) + suffixes[row.kind], columns.name);
  const line = `${cells.join(GAP)}${GAP}${name}`;
  const found = foundText(row, nowSeconds, columns.name - textWidth(name) - GAP.length);
  const said = found === '' ? '' : GAP + style.warning(found);
  if (isCurrent) return style.bold(line) + said;
  return (row.isMarked ? style.bad(line) : line) + said;
}

function growthText(growth: number | undefined, screen: BrowseScreen): string {
  return growth === undefined || !Number.isFinite(growth) ? '–' : formatChange(growth, screen.sizes);
}

function barOf(share: number): string {
  return bar(Number.isFinite(share) ? share : 0, BAR_WIDTH).padEnd(BAR_WIDTH);
}

/** "at least", or "about". */
function signOf({ isIncomplete, isChanged }: BrowseRow): string {
  if (isIncomplete) return '≥';
  return isChanged ? '~' : ' ';
}

const suffixes: Readonly<Record<BrowseRow['kind'], string>> = {
  directory: '/',
  file: '',
  symlink: '@',
  special: '=',
  outside: '/ (not scanned)',
};

function foundText({ finding }: BrowseRow, nowSeconds: number, room: number): string {
  if (!finding || room < LEAST_FOUND) return '';
  return cutEnd(saidOf(finding, nowSeconds).title, room);
}
