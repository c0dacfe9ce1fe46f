/** How a directory that grows is told to those who look for its writers and its verdict. */
import type { Growing } from '../ground/ground.ts';

type Place = Pick<Growing, 'what' | 'id' | 'path' | 'apparentBytes'> & { readonly number: number };

export function growingPlace(
  { number, what, id, path, apparentBytes }: Place,
  bytesPerSecond: number,
): Growing {
  return {
    growth: number,
    what,
    id,
    path,
    openPath: undefined,
    isUnlinked: false,
    apparentBytes,
    bytesPerSecond,
  };
}
