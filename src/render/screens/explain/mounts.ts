/** Mounts below a root, each with its own fullness. */
import type { MountRow } from '../../../model/explain-report.ts';
import { displayName } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatShare, formatSize } from '../../terminal/size.ts';
import { tableLines } from '../../terminal/table.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

export function mountLines(mounts: readonly MountRow[], screen: Screen): string[] {
  if (mounts.length === 0) return [];
  const rows = mounts
    .slice(0, screen.top)
    .map(({ path, type, usedBytes, totalBytes, counted }) => [
      usedBytes === undefined ? '–' : formatSize(usedBytes, screen.sizes),
      usedBytes === undefined || totalBytes === undefined ? '' : formatShare(usedBytes, totalBytes),
      type,
      cutMiddle(displayName(path) + (counted ? '  (counted)' : ''), Math.max(20, screen.width - 40)),
    ]);
  const more = mounts.length - rows.length;
  return [
    screen.style.bold('MOUNTS') + screen.style.dim(' below, not counted above unless it says so'),
    ...tableLines(rows, ['right', 'right', 'left', 'left']),
    ...(more > 0 ? [screen.style.dim(`and ${more} more`)] : []),
  ];
}
