/** The door of the trees: what a directory holds below it. */
export { Forest } from './forest.ts';
export { LiveTree } from './live-tree.ts';
export { NO_FIGURES } from './sized-tree.ts';
export type { Child, Figures, Level, SizedTree } from './sized-tree.ts';
