/** The door of the room: the tree that a person looks around in, as values and as the threads that answer. */
export type { Freed, Place, Question } from './desk/desk.ts';
export {
  answered,
  deleted,
  firstState,
  judged,
  point,
  press,
  rescanned,
  resize,
  selectedOf,
  viewOf,
} from './state/state.ts';
export type { BrowseState, DeletionTold, JudgedMark, Mark, Turn, Wish } from './state/state.ts';
export type { SurveyNews, SurveyOrder } from './survey/survey.ts';
export { startDesk, startSurvey } from './threads.ts';
