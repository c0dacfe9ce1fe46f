/** The door of the state: what is on the screen, and what keys and answers make of it. */
export { answered, deleted, judged, rescanned } from './arrive.ts';
export type { BrowseState, DeletionTold, JudgedMark, Mark, Turn, Wish } from './browse-state.ts';
export { firstState } from './first-state.ts';
export { point, press, resize } from './press.ts';
export { selectedOf } from './selection.ts';
export { viewOf } from './view.ts';
