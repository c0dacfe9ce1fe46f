/** The door of the floor: what was judged, in the order in which it is told. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Problems } from '../../model/problem.ts';
import type { TmpUnit, TmpVerdict } from '../../model/tmp-report.ts';

export { reportRoots } from './report-roots.ts';

/**
 * Trouble in units that might go, or with a root itself. What could not be read of units that stay anyway, as other users'
 * are, changes nothing.
 */
export function problemsThatMatter(
  { items }: Problems,
  units: readonly TmpUnit[],
  roots: readonly ByteString[],
): Problems {
  const unread = units.filter(({ reason }) => reason.code === 'unreadable');
  const matter = items.filter(
    ({ path }) => roots.includes(path) || unread.some((unit) => isInside(path, unit.path)),
  );
  return { count: matter.length, items: matter };
}

const order: readonly TmpVerdict[] = [
  'deletable',
  'owner-command',
  'in-use',
  'unknown',
  'too-new',
  'protected',
];

/** Largest first within a verdict. */
export function inOrder(units: readonly TmpUnit[]): TmpUnit[] {
  return units.toSorted(
    (a, b) =>
      order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
      b.diskBytes - a.diskBytes ||
      (a.path < b.path ? -1 : 1),
  );
}
