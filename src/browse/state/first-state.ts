/** The state a session begins with. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Sorting } from '../listing/listing.ts';
import { NO_FIGURES } from '../trees/trees.ts';
import type { BrowseState } from './browse-state.ts';

/** The first screen: the root, about which nothing is known yet. */
export function firstState(
  root: ByteString,
  sorting: Sorting,
  width: number,
  height: number,
  isRecorded = false,
): BrowseState {
  return {
    isRecorded,
    width,
    height,
    mode: { at: 'tree' },
    place: { directory: 1, path: root },
    trail: [],
    serial: 0,
    listing: undefined,
    reading: 0,
    own: NO_FIGURES,
    growth: undefined,
    trouble: undefined,
    sorting,
    filter: '' as ByteString,
    order: new Uint32Array(0),
    cursor: 0,
    top: 0,
    wanted: undefined,
    typedAhead: [],
    marks: new Map(),
    showsWhy: true,
    details: undefined,
    progress: { phase: 'scanning', entries: 0, diskBytes: 0 },
    survey: undefined,
    since: undefined,
    rescanning: [],
    message: undefined,
  };
}
