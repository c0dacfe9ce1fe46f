/** The door of the sources: where entries come from, through libc, from volumes, or through node:fs alone. */
export { Bulk } from './bulk.ts';
export { isTop, timesOf } from './life-stats.ts';
export { Portable } from './portable.ts';
export type { Source } from './source.ts';
