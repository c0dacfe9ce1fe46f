/** Keys while the tree is shown. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Place } from '../desk/desk.ts';
import type { Sorting, SortKey } from '../listing/listing.ts';
import { deedOf } from './keys.ts';
import { askForDeletion, FROM_FILE, toggleMark } from './marking.ts';
import { close, goTo, open } from './moves.ts';
import { moveTo, reorder, rowsOf, selectedOf } from './selection.ts';
import { still } from './browse-state.ts';
import type { BrowseState, Turn } from './browse-state.ts';

export function pressInTree(state: BrowseState, key: string): Turn {
  const rows = rowsOf(state);
  const { cursor } = state;
  switch (deedOf(key)) {
    case 'up':
      return still(moveTo(state, cursor - 1));
    case 'down':
      return still(moveTo(state, cursor + 1));
    case 'page-up':
      return still(moveTo(state, cursor - rows));
    case 'page-down':
      return still(moveTo(state, cursor + rows));
    case 'half-up':
      return still(moveTo(state, cursor - Math.ceil(rows / 2)));
    case 'half-down':
      return still(moveTo(state, cursor + Math.ceil(rows / 2)));
    case 'first':
      return still(moveTo(state, 0));
    case 'last':
      return still(moveTo(state, state.order.length - 1));
    case 'open':
      return open(state);
    case 'close':
      return close(state);
    case 'sort-disk':
      return sortBy(state, 'disk');
    case 'sort-apparent':
      return sortBy(state, 'apparent');
    case 'sort-count':
      return sortBy(state, 'count');
    case 'sort-age':
      return sortBy(state, 'age');
    case 'sort-freeable':
      return sortBy(state, 'freeable');
    case 'sort-growth':
      return state.since ? sortBy(state, 'growth') : still({ ...state, message: NO_SNAPSHOT });
    case 'sort-name':
      return sortBy(state, 'name');
    case 'turn':
      return sorted(state, { ...state.sorting, descending: !state.sorting.descending });
    case 'directories-first':
      return sorted(state, { ...state.sorting, directoriesFirst: !state.sorting.directoriesFirst });
    case 'filter':
      return still({ ...state, mode: { at: 'filter' } });
    case 'clear':
      return clear(state);
    case 'why-list':
      return state.survey
        ? still({ ...state, mode: { at: 'why', cursor: 0, top: 0 } })
        : still({ ...state, message: 'the reasons come when the scan is done' });
    case 'why-panel':
      return still(moveTo({ ...state, showsWhy: !state.showsWhy }, cursor));
    case 'mark':
      return still(toggleMark(state));
    case 'unmark':
      return still({ ...state, marks: new Map() });
    case 'delete':
      return askForDeletion(state);
    case 'rescan':
      return rescanShown(state);
    case 'rescan-entry':
      return rescanEntry(state);
    case 'help':
      return still({ ...state, mode: { at: 'help', top: 0, back: state.mode } });
    case 'quit':
      return { state, wishes: [{ wish: 'quit' }] };
    default:
      return still(state);
  }
}

const NO_SNAPSHOT = 'growth is measured from a snapshot: diskwhy browse --since FILE';

/** The same key again turns the order round. Ages begin with the oldest, names with A, the others with the largest. */
function sortBy(state: BrowseState, by: SortKey): Turn {
  const { sorting } = state;
  const descending = sorting.by === by ? !sorting.descending : by !== 'name' && by !== 'age';
  return sorted(state, { ...sorting, by, descending });
}

function sorted(state: BrowseState, sorting: Sorting): Turn {
  return still(reorder({ ...state, sorting }));
}

/** One thing at a time: the filter, then the marks. */
function clear(state: BrowseState): Turn {
  if (state.filter !== '') {
    const name = selectedOf(state)?.name;
    return still(reorder({ ...state, filter: '' as ByteString }, name));
  }
  return still({ ...state, marks: new Map() });
}

/** What is shown is also read again at once. */
function rescanShown(state: BrowseState): Turn {
  const scanned = rescan(state, state.place);
  if (scanned.wishes.length === 0) return scanned;
  const again = goTo(scanned.state, state.place, state.trail, selectedOf(state)?.name);
  const { filter, marks } = state;
  return { state: { ...again.state, filter, marks }, wishes: [...again.wishes, ...scanned.wishes] };
}

function rescanEntry(state: BrowseState): Turn {
  const selected = selectedOf(state);
  if (selected === undefined || selected.directory === 0)
    return still({
      ...state,
      message: 'only a directory that was scanned can be scanned again; r does all of it',
    });
  return rescan(state, { directory: selected.directory, path: selected.path });
}

function rescan(state: BrowseState, place: Place): Turn {
  if (state.isRecorded) return still({ ...state, message: FROM_FILE });
  if (state.progress.phase !== 'done') return still({ ...state, message: 'not while the scan is running' });
  if (state.rescanning.includes(place.path)) return still(state);
  return {
    state: { ...state, rescanning: [...state.rescanning, place.path] },
    wishes: [{ wish: 'rescan', place }],
  };
}
