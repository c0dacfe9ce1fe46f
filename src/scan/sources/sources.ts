/** The door of the sources: where entries come from, through libc or through node:fs alone. */
export { isTop, timesOf } from './life-stats.ts';
export { Portable } from './portable.ts';
export type { Source } from './source.ts';
export { Walk } from './walk.ts';
