/** What answers of the desk, news of the survey and outcomes of a deletion make of the state. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Answer, RowDetails } from '../desk/desk.ts';
import { goTo } from './moves.ts';
import { pressAhead } from './press.ts';
import { reorder, selectedOf } from './selection.ts';
import { still } from './browse-state.ts';
import type { BrowseState, DeletionTold, JudgedMark, Turn } from './browse-state.ts';

export function answered(state: BrowseState, answer: Answer): Turn {
  switch (answer.tell) {
    case 'listing':
      return answer.serial === state.serial ? pressAhead(withListing(state, answer)) : still(state);
    case 'reading':
      return still(answer.serial === state.serial ? { ...state, reading: answer.entries } : state);
    case 'details':
      return still(withDetails(state, answer.details));
    case 'found': {
      const place = answer.trail.at(-1);
      if (!place) return still(state);
      const above = answer.trail.slice(0, -1).map((step) => ({ ...step, name: undefined }));
      return goTo(state, place, above, answer.name);
    }
  }
}

function withListing(state: BrowseState, answer: Extract<Answer, { tell: 'listing' }>): BrowseState {
  const { place, listing, own, growth, trouble } = answer;
  const follows = state.wanted ?? (state.cursor > 0 ? selectedOf(state)?.name : undefined);
  return reorder({ ...state, place, listing, own, growth, trouble, wanted: undefined }, follows);
}

/** Those of an entry that the cursor has left are of no use any more. */
function withDetails(state: BrowseState, details: RowDetails): BrowseState {
  return selectedOf(state)?.path === details.path ? { ...state, details } : state;
}

/** What was judged stands to be confirmed. */
export function judged(state: BrowseState, marks: readonly JudgedMark[]): BrowseState {
  if (state.mode.at !== 'judging') return state;
  return { ...state, mode: { at: 'asking', judged: marks, forGood: false, top: 0 } };
}

/** What was deleted or moved aside is marked no more. */
export function deleted(state: BrowseState, told: DeletionTold): BrowseState {
  const gone = told.outcomes
    .filter(({ outcome }) => outcome === 'deleted' || outcome === 'quarantined')
    .map(({ path }) => path);
  const marks = new Map([...state.marks].filter(([path]) => !gone.some((one) => isInside(path, one))));
  return { ...state, marks, mode: { at: 'told', told, top: 0 } };
}

/** A directory was scanned again, or could not be. */
export function rescanned(state: BrowseState, path: ByteString, failure: string | undefined): BrowseState {
  const rescanning = state.rescanning.filter((one) => one !== path);
  return { ...state, rescanning, message: failure ?? state.message };
}
