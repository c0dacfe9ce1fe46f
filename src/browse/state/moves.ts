/** From one directory to another, and back to where the cursor stood. */
import { baseName } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { NO_FIGURES } from '../trees/trees.ts';
import type { Place } from '../desk/desk.ts';
import { selectedOf } from './selection.ts';
import { still } from './browse-state.ts';
import type { BrowseState, Step, Turn } from './browse-state.ts';

/** Shows a directory as soon as the desk has answered. @param wanted the name to stand at. */
export function goTo(
  state: BrowseState,
  place: Place,
  trail: readonly Step[],
  wanted: ByteString | undefined,
): Turn {
  const serial = state.serial + 1;
  return {
    state: {
      ...state,
      place,
      trail,
      serial,
      wanted,
      typedAhead: [],
      listing: undefined,
      reading: 0,
      own: NO_FIGURES,
      growth: undefined,
      trouble: undefined,
      filter: '' as ByteString,
      order: new Uint32Array(0),
      cursor: 0,
      top: 0,
      details: undefined,
    },
    wishes: [{ wish: 'list', serial, directory: place.directory }],
  };
}

/** Into the directory under the cursor. */
export function open(state: BrowseState): Turn {
  const selected = selectedOf(state);
  if (!selected?.isDirectory) return still(state);
  if (selected.directory === 0)
    return still({ ...state, message: 'not scanned: it is on another filesystem, excluded, or new' });
  const step = { ...state.place, name: selected.name };
  return goTo(
    state,
    { directory: selected.directory, path: selected.path },
    [...state.trail, step],
    undefined,
  );
}

/** To the directory above. */
export function close(state: BrowseState): Turn {
  const above = state.trail.at(-1);
  if (!above) return still({ ...state, message: 'this is where the scan began' });
  const name = above.name ?? baseName(state.place.path);
  return goTo(state, { directory: above.directory, path: above.path }, state.trail.slice(0, -1), name);
}
