/** The live screen of `diskwhy watch`: what grows, how fast, why and by whom, as lines that fit the terminal. */
import type { ByteString } from '../model/byte-string.ts';
import type { FilesystemOutlook, GrowthState, WatchFrame } from '../model/watch-event.ts';
import { clockText, durationText, rangeText } from './duration.ts';
import { displayName, escapeText } from './escape.ts';
import { flowLines } from './flow.ts';
import type { Screen } from './screen.ts';
import { formatCount, formatShare, formatSize } from './size.ts';
import { cutEnd, cutMiddle, textWidth } from './text-width.ts';
import {
  byWriters,
  fullPhrases,
  memoryText,
  rateText,
  shortName,
  verdictPaint,
  verdictText,
  writersText,
} from './watch-words.ts';
import { wrapWords } from './wrap.ts';

/** What the screen is drawn from. */
export interface WatchView {
  /** As they were named. */
  readonly paths: readonly ByteString[];
  /** Undefined until the first scan is done. */
  readonly frame: WatchFrame | undefined;
  /** Shown while there is no frame. */
  readonly scannedEntries: number;
  /** What the user should know once, oldest first. */
  readonly notices: readonly string[];
  readonly showsHelp: boolean;
}

export interface WatchScreen extends Screen {
  readonly height: number;
  /** East of UTC, for the time of day. */
  readonly zoneMinutes: number;
}

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

/** At most `screen.height` lines, none wider than `screen.width`. */
export function watchLines(view: WatchView, screen: WatchScreen): string[] {
  const foot = footLines(view, screen);
  const room = screen.height - foot.length;
  const body = view.showsHelp ? helpLines(screen) : mainLines(view, screen, room);
  const shown = body.slice(0, Math.max(0, room));
  const filler = Array.from({ length: Math.max(0, room - shown.length) }, () => '');
  return [...shown, ...filler, ...foot].slice(0, screen.height);
}

function mainLines(view: WatchView, screen: WatchScreen, room: number): string[] {
  const { frame } = view;
  if (frame === undefined) {
    const scanned = view.scannedEntries > 0 ? `, ${formatCount(view.scannedEntries)} entries so far` : '';
    return [cutEnd(`looking at ${view.paths.map(displayName).join(', ')} first${scanned}`, screen.width)];
  }
  const head = headLines(view.paths, frame, screen);
  const details = detailLines(frame, screen);
  const rows = tableLines(view.paths, frame, screen, Math.max(3, room - head.length - details.length - 2));
  return [...head, '', ...rows, '', ...details];
}

function headLines(paths: readonly ByteString[], frame: WatchFrame, screen: WatchScreen): string[] {
  const { style } = screen;
  const clock = `${clockText(frame.at, screen.zoneMinutes)}   up ${durationText(frame.seconds)}`;
  const watching = `watching ${paths.map(displayName).join(', ')}`;
  const first = cutMiddle(watching, screen.width - textWidth(clock) - 3);
  const gap = ' '.repeat(Math.max(1, screen.width - textWidth(first) - textWidth(clock)));
  return [
    style.bold(first) + gap + clock,
    ...frame.filesystems.flatMap((one) => filesystemLines(one, screen)),
    ...flowLines(
      '',
      [
        counted(frame.directories, 'directory', 'directories'),
        ...(frame.watched > 0 ? [`${formatCount(frame.watched)} with a watch of their own`] : []),
        `${counted(frame.files, 'file', 'files')} seen growing`,
      ],
      screen.width,
    ).map(style.dim),
  ];
}

function filesystemLines(outlook: FilesystemOutlook, screen: WatchScreen): string[] {
  const { mountPoint, availableBytes, fullInSeconds } = outlook;
  const phrases = [
    cutMiddle(displayName(mountPoint), screen.width),
    `${formatSize(availableBytes, screen.sizes)} free`,
    ...fullPhrases(outlook, screen.sizes),
  ];
  const paint = fullInSeconds === undefined ? screen.style.good : screen.style.warning;
  return flowLines('', phrases, screen.width).map(paint);
}

function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

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

function tableLines(
  paths: readonly ByteString[],
  { growing }: WatchFrame,
  screen: WatchScreen,
  room: number,
): string[] {
  if (growing.length === 0) return ['nothing is growing'];
  const { style, width } = screen;
  const columns = columnsFor(screen);
  const fixed = columns.reduce((sum, column) => sum + column.width + GAP.length, VERDICT_WIDTH + GAP.length);
  const hasWriterColumn = width >= ONE_LINE;
  const left = width - fixed;
  const longest = Math.max(...growing.map((row) => textWidth(nameOf(row, paths, Infinity))));
  const nameWidth = hasWriterColumn
    ? Math.max(LEAST_NAME, Math.min(longest, Math.floor(left / 2)))
    : Math.max(LEAST_NAME, left);
  const writerWidth = left - nameWidth - GAP.length;
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
    const paint = verdictPaint(row.verdict, style);
    const writer =
      row.writers.length > 0
        ? writersText(row.writers)
        : row.writersHidden === undefined
          ? '?'
          : '? (hidden)';
    lines.push(
      [
        row.isAlarm ? style.bold(padded) : padded,
        ...cells,
        paint(verdict.padEnd(VERDICT_WIDTH)),
        ...(hasWriterColumn ? [cutEnd(writer, writerWidth)] : []),
      ]
        .join(GAP)
        .trimEnd(),
    );
    if (!hasWriterColumn)
      lines.push(
        style.dim(cutEnd(`   ${row.writers.length > 0 ? byWriters(row.writers) : `by ${writer}`}`, width)),
      );
  }
  const rest = growing.length - most;
  if (rest > 0) lines.push(style.dim(counted(rest, 'more file grows', 'more files grow')));
  return lines;
}

/** Alarms are marked by a sign, not by colour alone. */
function nameOf(
  { path, what, isAlarm, filesPerSecond }: Row,
  roots: readonly ByteString[],
  width: number,
): string {
  const many = what === 'directory' ? `/ (${formatCount(Math.round(filesPerSecond))} new/s)` : '';
  return cutMiddle(`${isAlarm ? '! ' : '  '}${shortName(path, roots)}${many}`, width);
}

/** Why, for the worst one: the evidence, what will stop it, whose memory, what cannot be seen. */
function detailLines({ growing, grownBytes, explainedBytes }: WatchFrame, screen: WatchScreen): string[] {
  const worst = growing.find(({ isAlarm }) => isAlarm) ?? growing.at(0);
  const lines = worst
    ? [screen.style.bold(cutMiddle(displayName(worst.path), screen.width)), ...whyLines(worst, screen)]
    : [];
  if (grownBytes > 0) {
    const share = formatShare(Math.min(explainedBytes, grownBytes), grownBytes);
    lines.push(
      ...wrapWords(
        '',
        `${share} of the ${formatSize(grownBytes, screen.sizes)} by which the disk grew is explained by these files`,
        screen.width,
      ),
    );
  }
  return lines;
}

function whyLines(state: GrowthState, screen: WatchScreen): string[] {
  const memory = memoryText(state.writers.at(0), screen.sizes);
  const sentences = [
    ...state.evidence.slice(0, 3),
    ...state.filesystem.caps,
    ...(memory === '' ? [] : [`${writersText(state.writers.slice(0, 1))}: ${memory}`]),
    ...(state.writersHidden === undefined ? [] : [state.writersHidden]),
  ];
  return sentences.flatMap((sentence) => wrapWords('  · ', escapeText(sentence), screen.width));
}

function footLines({ notices, frame }: WatchView, screen: WatchScreen): string[] {
  const keys = 'q quit   ? help';
  const latest = notices
    .slice(-2)
    .map((text) => screen.style.warning(cutEnd(escapeText(text), screen.width)));
  return [...(frame ? latest : []), screen.style.dim(cutEnd(keys, screen.width))];
}

function helpLines(screen: WatchScreen): string[] {
  const entries = [
    'q, Ctrl-C: end, with a summary',
    '?: this page, and back',
    '! before a file: it grows fast enough to raise an alarm (--rate, --grown)',
    'restart loop: a program dies and is started again; retry loop: one step fails and is tried again',
    'error storm: failures that come from outside; busy: the lines are real work; –: too little speaks either way',
    'open in: the process has the file open for writing, but was not seen writing',
    'likely: nobody was seen; the path is one that this program writes',
    '←: who stands behind a program that writes what others say, or who keeps starting it',
    'full in: soonest and latest, from what was free in the last minute and quarter of an hour',
  ];
  return entries.flatMap((entry) => wrapWords('  ', entry, screen.width));
}
