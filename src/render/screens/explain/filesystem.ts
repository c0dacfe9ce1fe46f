/** The first lines of a report: how full the disk is, and how much of it the named paths hold. */
import type { ExplainReport } from '../../../model/explain-report.ts';
import type { Filesystem } from '../../../model/filesystem.ts';
import { bar } from '../../terminal/bar.ts';
import { displayName } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import { hasBars } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

const BAR = 24;
/** On a narrow screen it makes room for figures. */
const SHORT_BAR = 12;
const WIDE = 100;
/** Fullness from which a disk needs attention, and from which it is an emergency. */
const WARNING = 0.85;
const FULL = 0.95;

export function filesystemLines(filesystem: Filesystem, report: ExplainReport, screen: Screen): string[] {
  const { totalBytes, usedBytes, availableBytes, reservedBytes, inodes, inodesUsed } = filesystem;
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  // As df counts: what is reserved for root is neither used nor available.
  const usable = usedBytes + availableBytes;
  const fullness = usable > 0 ? usedBytes / usable : 0;
  const phrases = [
    cutMiddle(displayName(filesystem.device), screen.width),
    filesystem.type,
    cutMiddle(`mounted on ${displayName(filesystem.mountPoint)}`, screen.width),
  ];
  if (hasBars(screen)) {
    const columns = screen.width < WIDE ? SHORT_BAR : BAR;
    const filled = bar(fullness, columns);
    phrases.push(filled + '░'.repeat(Math.max(0, columns - filled.length)));
  }
  phrases.push(
    `${formatShare(usedBytes, usable)} used`,
    `${size(availableBytes)} free of ${size(totalBytes)}`,
  );

  const more: string[] = [];
  if (inodes > 0) more.push(`inodes ${formatShare(inodesUsed, inodes)} used`);
  if (reservedBytes > 0) more.push(`reserved for root ${size(reservedBytes)}`);
  more.push(...accounted(filesystem, report, screen));

  const width = screen.width;
  return [
    ...flowLines('', phrases, width).map((line) =>
      alarm(line, Math.max(fullness, inodes > 0 ? inodesUsed / inodes : 0), screen),
    ),
    ...flowLines('', more, width),
  ];
}

/** What the walked bytes are of the used ones. */
function accounted(
  { ledger, usedBytes, mountPoint }: Filesystem,
  report: ExplainReport,
  screen: Screen,
): string[] {
  const walked = ledger.accounts.find(({ account }) => account === 'walked')?.bytes ?? 0;
  const names = report.roots
    .filter((root) => root.mountPoint === mountPoint)
    .map(({ path }) => displayName(path));
  const holds = `${names.length === 1 ? 'holds' : 'hold'} ${formatSize(walked, screen.sizes)}`;
  const who =
    names.length === 1 ? cutMiddle(names[0], Math.max(1, screen.width - holds.length - 1)) : 'the paths';
  return [
    `${who} ${holds}`,
    `${formatShare(walked, usedBytes)} of the ${formatSize(usedBytes, screen.sizes)} used`,
  ];
}

function alarm(line: string, fullness: number, { style }: Screen): string {
  if (fullness >= FULL) return style.bad(line);
  return fullness >= WARNING ? style.warning(line) : style.bold(line);
}
