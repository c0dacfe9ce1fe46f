/** Many things side by side that are each worth an alarm: one alarm of what they lie in says more than one of each. */
import { parentPath } from '../../model/byte-string.ts';
import type { Member } from './tree-growth.ts';

/** So many are told one by one. */
const MOST_BESIDE = 8;

/** @param loud those that are worth an alarm of their own. Their numbers, where too many are in one directory. */
export function crowdedGrowths(loud: readonly Member[]): Set<number> {
  if (loud.length <= MOST_BESIDE) return new Set();
  const crowds = [...Map.groupBy(loud, ({ path }) => parentPath(path)).values()];
  return new Set(
    crowds
      .filter((beside) => beside.length > MOST_BESIDE)
      .flatMap((beside) => beside.map(({ number }) => number)),
  );
}
