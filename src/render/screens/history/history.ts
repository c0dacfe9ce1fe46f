/** The screen of `diskwhy history`: a line and a bar for each snapshot, what grew where, and when the disk will be full. */
import type { KeptSnapshot } from '../../../model/kept-snapshot.ts';
import type { SnapshotHistory } from '../../../model/snapshot-history.ts';
import { momentText, spanText } from '../../words/moments.ts';
import { paddedBar } from '../../terminal/bar.ts';
import { displayName, escapeText } from '../../terminal/escape.ts';
import { hasBars } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatChange, formatCount, formatSize } from '../../terminal/size.ts';
import { wrapWords } from '../../terminal/wrap.ts';
import { deltaTreeLines } from '../diff/delta-tree.ts';

const BAR = 12;
/** Columns of a moment, and those between and behind the others. */
const MOMENT = 'YYYY-MM-DD hh:mm UTC'.length;
const GAPS = 4 * 2 + ' entries'.length;
/** Further away than this is not filling. */
const FAR_SECONDS = 10 * 365 * 86_400;

/** Lines without line ends. */
export function historyLines(history: SnapshotHistory, screen: Screen): string[] {
  const { root, snapshots, damaged, growth } = history;
  const { style } = screen;
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const bytes = snapshots.reduce((sum, { fileBytes }) => sum + fileBytes, 0);
  const sections = [
    [style.bold(`${displayName(root)}   ${formatCount(snapshots.length)} kept, in ${size(bytes)}`)],
    snapshotLines(snapshots, screen),
    growth ? deltaTreeLines(growth.tree, screen) : [],
    forecastLines(history, screen),
    damaged.flatMap(({ file, reason }) =>
      wrapWords('', `${displayName(file)} ${escapeText(reason)}`, screen.width).map(style.warning),
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** Bars begin at the least size, so that growth shows: what they stand for is written beside them. */
function snapshotLines(snapshots: readonly KeptSnapshot[], screen: Screen): string[] {
  if (snapshots.length === 0) return [];
  const sizes = snapshots.map(({ diskBytes }) => diskBytes);
  const largest = Math.max(...sizes);
  const rows = snapshots.map(({ takenAt, diskBytes, entries, complete }, index) => ({
    when: momentText(takenAt),
    size: (complete ? '' : '≥') + formatSize(diskBytes, screen.sizes),
    change: index === 0 ? '' : formatChange(diskBytes - sizes[index - 1], screen.sizes),
    share: largest === 0 ? 0 : diskBytes / largest,
    entries: formatCount(entries),
  }));
  const wide = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(...rows.map((row) => pick(row).length));
  const [size, change, entries] = [
    wide((row) => row.size),
    wide((row) => row.change),
    wide((row) => row.entries),
  ];
  const isWide =
    Number.isFinite(screen.width) && MOMENT + size + BAR + change + entries + GAPS > screen.width;
  return rows.map((row) =>
    [
      row.when,
      row.size.padStart(size),
      ...(hasBars(screen) && !isWide ? [paddedBar(row.share, BAR)] : []),
      row.change.padStart(change),
      `${row.entries.padStart(entries)} entries`,
    ]
      .join('  ')
      .trimEnd(),
  );
}

function forecastLines({ forecast, snapshots }: SnapshotHistory, screen: Screen): string[] {
  const { width } = screen;
  if (!forecast)
    return wrapWords(
      '',
      'When the disk will be full cannot be told yet: it takes two snapshots at least an hour apart.',
      width,
    ).map(screen.style.dim);
  const { bytesPerDay, availableBytes, fullInSeconds } = forecast;
  const size = (bytes: number): string => formatSize(Math.round(bytes), screen.sizes);
  const place = snapshots.at(-1)?.filesystem?.mountPoint ?? '';
  const disk = `the filesystem at ${escapeText(place)}`;
  if (fullInSeconds === undefined || fullInSeconds > FAR_SECONDS)
    return wrapWords('', `${disk} is not filling: ${size(availableBytes)} are free`, width);
  return wrapWords(
    '',
    `${disk} grows by ${size(bytesPerDay)} a day; ${size(availableBytes)} are free: full in ${spanText(fullInSeconds)} at that pace`,
    width,
  ).map(screen.style.warning);
}
