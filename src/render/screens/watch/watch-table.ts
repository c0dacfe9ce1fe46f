/** The table of what grows: names give way to numbers, numbers that matter least go first. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { WatchFrame } from '../../../model/watch-event.ts';
import { rangeText } from '../../../model/duration.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { cutEnd, cutMiddle, textWidth } from '../../terminal/text-width.ts';
import type { WatchScreen } from './watch-screen.ts';
import { verdictPaint } from '../../words/log.ts';
import { counted, rateText, shortName, verdictText } from '../../words/watch.ts';
import { byWriters, writersText } from '../../words/writers.ts';

type Row = WatchFrame['growing'][number];

interface Column {
  readonly title: string;
  readonly width: number;
  readonly cell: (row: Row, screen: WatchScreen) => string;
}

const GAP = '  ';
/** From this width on the writer stands in the file's own line, otherwise below it. */
const ONE_LINE = 120;
const LEAST_NAME = 12;

const size: Column = {
  title: 'SIZE',
  width: 10,
  cell: (row, { apparent, sizes }) => formatSize(apparent ? row.apparentBytes : row.diskBytes, sizes),
};
const rate: Column = {
  title: 'RATE',
  width: 12,
  cell: (row, { sizes }) => rateText(row.bytesPerSecond, sizes),
};
const grown: Column = {
  title: 'GREW',
  width: 10,
  cell: (row, { sizes }) => formatSize(Math.max(0, row.grownBytes), sizes),
};
const full: Column = {
  title: 'FULL IN',
  width: 12,
  cell: ({ filesystem: { fullInSeconds } }) =>
    fullInSeconds === undefined ? '–' : rangeText(fullInSeconds.soonest, fullInSeconds.latest),
};

const VERDICT_WIDTH = 18;
/** Exact sizes up to the petabytes. */
const EXACT_MORE = 11;

/** What is left out where there is no room, with the width that names need beside it; the rate never goes. */
const choices: readonly (readonly [columns: readonly Column[], name: number])[] = [
  [[size, rate, grown, full], 22],
  [[size, rate, grown], 20],
  [[rate, grown], 12],
  [[rate], 0],
];

function columnsFor({ width, sizes }: WatchScreen): Column[] {
  const needs = (columns: readonly Column[]): number =>
    columns.reduce((sum, column) => sum + column.width + GAP.length, VERDICT_WIDTH + GAP.length);
  const sized = choices.map(
    ([columns, name]) =>
      [
        columns.map((one) => (sizes.exact && one !== full ? { ...one, width: one.width + EXACT_MORE } : one)),
        name,
      ] as const,
  );
  return (sized.find(([columns, name]) => needs(columns) + name <= width) ?? sized.at(-1)!)[0];
}

/** @param room lines there are. */
export function watchTableLines(
  paths: readonly ByteString[],
  { growing }: WatchFrame,
  screen: WatchScreen,
  room: number,
): string[] {
  if (growing.length === 0) return ['nothing is growing'];
  const { style, width } = screen;
  const columns = columnsFor(screen);
  const fixed = columns.reduce((sum, column) => sum + column.width + GAP.length, VERDICT_WIDTH + GAP.length);
  const left = width - fixed;
  const longest = Math.max(...growing.map((row) => textWidth(nameOf(row, paths, Infinity))));
  const besideWriter = Math.max(LEAST_NAME, Math.min(longest, Math.floor(left / 2)));
  // A writer whose pid would be cut stands in a line of its own.
  const writerWidth = Math.max(...growing.map((row) => textWidth(writerOf(row))));
  const hasWriterColumn = width >= ONE_LINE && writerWidth <= left - besideWriter - GAP.length;
  const nameWidth = hasWriterColumn ? besideWriter : Math.max(LEAST_NAME, left);
  const titles = [
    'FILE'.padEnd(nameWidth),
    ...columns.map((column) => column.title.padStart(column.width)),
    'VERDICT'.padEnd(VERDICT_WIDTH),
    ...(hasWriterColumn ? ['WRITER'] : []),
  ];
  const lines = [style.dim(cutEnd(titles.join(GAP), width))];
  const perRow = hasWriterColumn ? 1 : 2;
  const most = Math.max(1, Math.min(screen.top, Math.floor((room - 2) / perRow)));
  for (const row of growing.slice(0, most)) {
    const name = nameOf(row, paths, nameWidth);
    const padded = name + ' '.repeat(Math.max(0, nameWidth - textWidth(name)));
    const cells = columns.map((column) => column.cell(row, screen).padStart(column.width));
    const verdict = verdictText(row);
    const paint = verdictPaint(row.judgement.verdict, style);
    lines.push(
      [
        row.isAlarm ? style.bold(padded) : padded,
        ...cells,
        paint(verdict.padEnd(VERDICT_WIDTH)),
        ...(hasWriterColumn ? [writerOf(row)] : []),
      ]
        .join(GAP)
        .trimEnd(),
    );
    if (!hasWriterColumn)
      lines.push(
        style.dim(
          cutMiddle(`   ${row.writers.length > 0 ? byWriters(row.writers) : `by ${writerOf(row)}`}`, width),
        ),
      );
  }
  const rest = growing.length - most;
  if (rest > 0) lines.push(style.dim(counted(rest, 'more file grows', 'more files grow')));
  return lines;
}

function writerOf({ writers, writersHidden }: Row): string {
  if (writers.length > 0) return writersText(writers);
  return writersHidden === undefined ? '?' : '? (hidden)';
}

/** Alarms are marked by a sign, not by colour alone. */
function nameOf(
  { path, what, isAlarm, filesPerSecond, together }: Row,
  roots: readonly ByteString[],
  width: number,
): string {
  const many =
    together !== undefined
      ? `/ (${counted(together.files, 'file', 'files')})`
      : what === 'directory'
        ? `/ (${formatCount(Math.round(filesPerSecond))} new/s)`
        : '';
  // What it is gives way before how many: the details name it in full.
  const name = cutMiddle(shortName(path, roots), Math.max(LEAST_NAME / 2, width - 2 - textWidth(many)));
  return cutMiddle(`${isAlarm ? '! ' : '  '}${name}${many}`, width);
}
