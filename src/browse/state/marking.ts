/** What is marked to be deleted. */
import { isInside } from '../../model/byte-string.ts';
import { moveTo, selectedOf } from './selection.ts';
import { still } from './browse-state.ts';
import type { BrowseState, Mark, Turn } from './browse-state.ts';

/** Marks the entry under the cursor or takes its mark away, and goes on to the next. */
export function toggleMark(state: BrowseState): BrowseState {
  const selected = selectedOf(state);
  if (!selected) return state;
  const { path, directory, diskBytes, inode } = selected;
  const marks = new Map(state.marks);
  if (!marks.delete(path)) {
    const around = [...marks.keys()].find((other) => isInside(path, other));
    if (around !== undefined) return { ...state, message: 'a directory around it is marked already' };
    // What is in it goes with it.
    for (const other of marks.keys()) if (isInside(other, path)) marks.delete(other);
    marks.set(path, { path, directory, diskBytes, inode });
  }
  return moveTo({ ...state, marks }, state.cursor + 1);
}

/** Why nothing is done to what is shown. */
export const FROM_FILE = 'this tree was read from a file: what is on the disk now is another matter';

/** Has the marked entries judged, or without a mark the one under the cursor. */
export function askForDeletion(state: BrowseState): Turn {
  if (state.isRecorded) return still({ ...state, message: FROM_FILE });
  if (state.progress.phase !== 'done') return still({ ...state, message: 'not while the scan is running' });
  const selected = selectedOf(state);
  const marks: readonly Mark[] =
    state.marks.size > 0 ? [...state.marks.values()] : selected ? [selected] : [];
  if (marks.length === 0) return still(state);
  return {
    state: { ...state, mode: { at: 'judging', paths: marks.map(({ path }) => path) } },
    wishes: [{ wish: 'judge', marks }],
  };
}
