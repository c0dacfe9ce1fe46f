/** Where the cursor is: it stays on the screen, and on its entry when rows change places. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { layoutOf } from '../../render/screens/browse/browse-layout.ts';
import { nameAt, orderOf, ROW_KIND, rowOf } from '../listing/listing.ts';
import type { Listing } from '../listing/listing.ts';
import type { BrowseState } from './browse-state.ts';

/** The entry under the cursor. */
export interface Selected {
  readonly row: number;
  readonly name: ByteString;
  readonly path: ByteString;
  readonly isDirectory: boolean;
  /** Number in the tree; 0 for what is no directory of it. */
  readonly directory: number;
  readonly diskBytes: number;
  /** Which entry it was when the directory was read; 0 where that is not known. */
  readonly inode: number;
}

export function selectedOf(state: BrowseState): Selected | undefined {
  const { listing, order, cursor } = state;
  return listing && cursor < order.length ? entryAt(state, listing, order[cursor]) : undefined;
}

export function entryAt({ place }: BrowseState, listing: Listing, row: number): Selected {
  const name = nameAt(listing, row);
  const kind = listing.kind[row];
  return {
    row,
    name,
    path: joinPath(place.path, name),
    isDirectory: kind === ROW_KIND.directory || kind === ROW_KIND.outside,
    directory: listing.directory[row],
    diskBytes: listing.diskBytes[row],
    inode: listing.inode[row],
  };
}

/** Lines that entries have. */
export function rowsOf({ width, height, showsWhy }: BrowseState): number {
  return layoutOf(width, height, showsWhy).rows;
}

/** The cursor at `cursor`, or as near as there are rows, and the screen where it can be seen. */
export function moveTo(state: BrowseState, cursor: number): BrowseState {
  const rows = rowsOf(state);
  const last = Math.max(0, state.order.length - 1);
  const at = Math.min(Math.max(0, cursor), last);
  const lowest = Math.max(0, state.order.length - rows);
  const top = Math.min(Math.max(state.top, at - rows + 1), at, lowest);
  return { ...state, cursor: at, top: Math.max(0, top) };
}

/** Sorts and filters anew. The cursor stays at the same entry, or where it is when it is at the top or the entry is gone. */
export function reorder(
  state: BrowseState,
  follows: ByteString | undefined = nameUnderCursor(state),
): BrowseState {
  const { listing, sorting, filter } = state;
  if (!listing) return { ...state, order: new Uint32Array(0), cursor: 0, top: 0 };
  const order = orderOf(listing, sorting, filter);
  const next = { ...state, order };
  const row = follows === undefined ? -1 : rowOf(listing, follows);
  const found = row < 0 ? -1 : order.indexOf(row);
  return moveTo(next, found >= 0 ? found : state.cursor);
}

/** Undefined at the top, where who comes first is what is wanted. */
function nameUnderCursor(state: BrowseState): ByteString | undefined {
  return state.cursor === 0 ? undefined : selectedOf(state)?.name;
}
