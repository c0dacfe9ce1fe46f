/** Which rows of a listing are shown, and in which order. */
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { radixOrder } from './radix-order.ts';
import type { Listing } from './listing-columns.ts';

export type SortKey = 'disk' | 'apparent' | 'freeable' | 'count' | 'age' | 'growth' | 'name';

export interface Sorting {
  readonly by: SortKey;
  /** Largest, newest, or Z first. */
  readonly descending: boolean;
  readonly directoriesFirst: boolean;
}

/**
 * Rows whose name holds `filter`, letters a to z in either case, sorted; by name where they are equal otherwise.
 */
export function orderOf(
  listing: Listing,
  { by, descending, directoriesFirst }: Sorting,
  filter: ByteString,
): Uint32Array {
  let rows = matching(listing, filter);
  const keys = keysOf(listing, by);
  // Most have not grown: of those the larger ones come first.
  if (by === 'growth') rows = radixOrder(listing.diskBytes, rows, true);
  const sorted = keys ? radixOrder(keys, rows, descending) : descending ? rows.toReversed() : rows;
  return directoriesFirst ? partitioned(listing, sorted) : sorted;
}

/** Directories before all else, each in the order they are in. */
function partitioned({ directory }: Listing, rows: Uint32Array): Uint32Array {
  const parted = new Uint32Array(rows.length);
  let directories = 0;
  for (let at = 0; at < rows.length; at++) if (directory[rows[at]] > 0) parted[directories++] = rows[at];
  let others = directories;
  for (let at = 0; at < rows.length; at++) if (directory[rows[at]] === 0) parted[others++] = rows[at];
  return parted;
}

/** Undefined for names: rows are in their order. */
function keysOf(listing: Listing, by: SortKey): Float64Array | undefined {
  switch (by) {
    case 'disk':
      return listing.diskBytes;
    case 'apparent':
      return listing.apparentBytes;
    case 'freeable':
      return listing.freeableBytes;
    case 'count':
      return listing.entries;
    case 'age':
      return listing.newest;
    case 'growth':
      return listing.growth;
    case 'name':
      return undefined;
  }
}

function matching(listing: Listing, filter: ByteString): Uint32Array {
  const { count, nameEnd } = listing;
  const found = new Uint32Array(count);
  if (filter === '') {
    for (let row = 0; row < count; row++) found[row] = row;
    return found;
  }
  let matches = 0;
  const text = loweredNames(listing);
  const wanted = lowered(toBuffer(filter));
  let row = 0;
  for (let at = text.indexOf(wanted); at >= 0;) {
    while (nameEnd[row] <= at) row++;
    if (at + wanted.length <= nameEnd[row]) {
      found[matches++] = row;
      at = text.indexOf(wanted, nameEnd[row]);
    } else {
      // It begins in one name and ends in the next.
      at = text.indexOf(wanted, at + 1);
    }
  }
  return found.slice(0, matches);
}

const known = new WeakMap<Uint8Array, Buffer>();

/** Made once for all keystrokes of a filter. */
function loweredNames({ names }: Listing): Buffer {
  let text = known.get(names);
  if (!text) known.set(names, (text = lowered(names)));
  return text;
}

/** A to Z in lower case; other bytes, those of UTF-8 among them, as they are. */
function lowered(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < copy.length; at++) if (copy[at] >= 65 && copy[at] <= 90) copy[at] += 32;
  return copy;
}
