/** Whose the bytes are: packages, users, and where those lie that no package owns. */
import type { Owners, PackageOwners } from '../../../model/owners.ts';
import type { Share } from '../../../model/breakdown.ts';
import { bar } from '../../terminal/bar.ts';
import { displayName } from '../../terminal/escape.ts';
import { hasBars } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { flowLines } from '../../terminal/flow.ts';
import { formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

const BAR = 12;

/** A line before its columns are aligned. */
interface Row extends Share {
  readonly name: string;
  readonly isRest?: boolean;
}

/** @param whole bytes of the root, all of them. */
export function ownerLines(owners: Owners | undefined, whole: number, screen: Screen): string[] {
  if (!owners) return [];
  const { byPackage, users } = owners;
  const lines = [screen.style.bold('OWNERS'), ...summaryLines(byPackage, whole, screen)];
  if (byPackage) {
    lines.push(
      ...listLines(
        'PACKAGES',
        byPackage.packages.map(({ name, ...share }) => ({ name: displayName(name), ...share })),
        whole,
        screen,
      ),
      ...listLines(
        'IN NO PACKAGE',
        byPackage.unownedPlaces.map(({ path, whole: isWhole, ...share }) => ({
          name: displayName(path) + (isWhole ? '' : '/*'),
          ...share,
        })),
        whole,
        screen,
      ),
    );
  }
  lines.push(
    ...listLines(
      'USERS',
      users.map(({ uid, name, ...share }) => ({
        name: name === undefined ? `${uid}, no account` : displayName(name),
        ...share,
      })),
      whole,
      screen,
    ),
  );
  return lines;
}

/** The kinds of owners, which add up to all. */
function summaryLines(byPackage: PackageOwners | undefined, whole: number, screen: Screen): string[] {
  if (!byPackage) return ['  no package manager is known here (dpkg, rpm, pacman)'];
  const { packages, generated, unowned, directories, managers } = byPackage;
  const owned = packages.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  const part = (name: string, bytes: number): string =>
    `${name} ${formatSize(bytes, screen.sizes)} (${formatShare(bytes, whole)})`;
  return flowLines(
    '  ',
    [
      part(
        `${formatCount(packages.length)} ${packages.length === 1 ? 'package' : 'packages'} of ${managers.join(', ')}`,
        owned,
      ),
      part('made by their scripts', generated.diskBytes),
      part('in no package', unowned.diskBytes),
      part('directories themselves', directories.diskBytes),
    ],
    screen.width,
  );
}

function listLines(title: string, rows: readonly Row[], whole: number, screen: Screen): string[] {
  const worth = rows.filter(({ diskBytes }) => diskBytes > 0);
  if (worth.length === 0) return [];
  const shown: Row[] = worth.slice(0, screen.top);
  const rest = worth.slice(shown.length);
  if (rest.length > 0) {
    shown.push({
      name: `(${formatCount(rest.length)} more)`,
      diskBytes: rest.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      entries: rest.reduce((sum, { entries }) => sum + entries, 0),
      isRest: true,
    });
  }
  const sizes = shown.map(({ diskBytes }) => formatSize(diskBytes, screen.sizes));
  const shares = shown.map(({ diskBytes }) => formatShare(diskBytes, whole));
  const counts = shown.map(({ entries }) => formatCount(entries));
  const widths = [widest(sizes), widest(shares), Math.max('entries'.length, widest(counts))];
  const bars = hasBars(screen);
  const left = 2 + widths[0] + 2 + (bars ? BAR + 1 : 0) + widths[1] + 2 + widths[2] + 2;
  return [
    screen.style.dim(`  ${title}`.padEnd(left - 2 - 'entries'.length) + 'entries'),
    ...shown.map(({ name, diskBytes, isRest }, row) => {
      const graph = bars ? `${bar(whole > 0 ? diskBytes / whole : 0, BAR).padEnd(BAR)} ` : '';
      const numbers = `  ${sizes[row].padStart(widths[0])}  ${graph}${shares[row].padStart(widths[1])}  ${counts[row].padStart(widths[2])}  `;
      const fitting = cutMiddle(name, Math.max(1, screen.width - left));
      return numbers + (isRest ? screen.style.dim(fitting) : fitting);
    }),
  ];
}

function widest(cells: readonly string[]): number {
  return Math.max(...cells.map(({ length }) => length));
}
