/** What subvolumes of a btrfs have alone, and what compression saves. */
import { isCompressed } from '../../../model/btrfs-usage.ts';
import type { BtrfsUsage, CompressionUsage, SubvolumeUsages } from '../../../model/btrfs-usage.ts';
import type { ExplainRoot } from '../../../model/explain-report.ts';
import { displayName } from '../../terminal/escape.ts';
import { flowLines } from '../../terminal/flow.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { tableLines } from '../../terminal/table.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

/** Columns of the figures before a path, and the least that a path gets. */
const FIGURES = 44;
const LEAST_PATH = 12;

/** Nothing where there is one subvolume and nothing compressed. */
export function btrfsUsageLines(usage: BtrfsUsage | undefined, screen: Screen): string[] {
  if (!usage) return [];
  return [...subvolumeLines(usage.subvolumes, screen), ...compressionLines([], usage.compression, screen)];
}

function subvolumeLines(subvolumes: SubvolumeUsages | undefined, screen: Screen): string[] {
  const label = `${screen.style.bold('SUBVOLUMES')}  `;
  if (!subvolumes)
    return flowLines(label, ['what each has alone is not known: too many extents to read now'], screen.width);
  const { countedBy, rows } = subvolumes;
  if (rows.length < 2) return [];
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  const shown = rows
    .slice(0, screen.top)
    .map(({ path, exclusiveBytes, referencedBytes }) => [
      size(exclusiveBytes),
      `of ${size(referencedBytes)}`,
      path === '' ? 'top of the filesystem' : displayName(path),
    ])
    .map(([alone, all, name]) => [alone, all, cutMiddle(name, Math.max(LEAST_PATH, screen.width - FIGURES))]);
  const how = countedBy === 'quota' ? 'as quota groups count' : "files' contents, by their extents";
  const more = rows.length - shown.length;
  return [
    ...flowLines(label, ['what each has alone, of what it shows', how], screen.width),
    ...tableLines(shown, ['right', 'right', 'left']),
    ...(more > 0 ? [screen.style.dim(`and ${formatCount(more)} more`)] : []),
  ];
}

/** What compression saves in a directory that is a part of its filesystem; nothing where that was not asked for. */
export function placeCompressionLines(
  { path, mountPoint, tree }: Pick<ExplainRoot, 'path' | 'mountPoint' | 'tree'>,
  screen: Screen,
): string[] {
  if (path === mountPoint) return [];
  const place = `in ${cutMiddle(displayName(path), Math.floor(screen.width / 2))}`;
  return compressionLines([place], tree.compression, screen);
}

function compressionLines(
  place: readonly string[],
  kinds: readonly CompressionUsage[] | undefined,
  screen: Screen,
): string[] {
  if (!kinds?.some(isCompressed)) return [];
  const phrases = kinds.map((kind) => {
    const disk = formatSize(kind.diskBytes, screen.sizes);
    if (kind.kind === 'preallocated') return `set aside ${disk}`;
    if (!isCompressed(kind)) return `not compressed ${disk}`;
    const whole = formatSize(kind.uncompressedBytes, screen.sizes);
    return `${kind.kind} ${disk} instead of ${whole} (${formatShare(kind.diskBytes, kind.uncompressedBytes)})`;
  });
  return flowLines(`${screen.style.bold('COMPRESSION')}  `, [...place, ...phrases], screen.width);
}
