/** Many things side by side that are each worth an alarm: one alarm of what they lie in says more than one of each. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** So many are told one by one. */
const MOST_BESIDE = 8;

interface Placed {
  readonly number: number;
  readonly path: ByteString;
}

/**
 * The numbers of those that are too many in one directory, or in directories of their own beside each other.
 * @param loud those that are worth an alarm of their own.
 */
export function crowdedGrowths(loud: readonly Placed[]): Set<number> {
  if (loud.length <= MOST_BESIDE) return new Set();
  const places = [({ path }: Placed) => parentPath(path), ({ path }: Placed) => parentPath(parentPath(path))];
  const crowds = places
    .flatMap((placeOf) => [...Map.groupBy(loud, placeOf).values()])
    .filter((beside) => beside.length > MOST_BESIDE);
  return new Set(crowds.flat().map(({ number }) => number));
}
