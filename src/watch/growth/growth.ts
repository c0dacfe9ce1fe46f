/** The door of growth: what has grown, how fast, and when that is an alarm. */
export { AllGrowth } from './all-growth.ts';
export type { Growth } from './all-growth.ts';
export type { AlarmRules, GrowthNow } from './alarm-state.ts';
export { readBaselines } from './baselines.ts';
export type { Baselines } from './baselines.ts';
export type { Baseline } from './inode-meter.ts';
export type { DirectoryGrowth } from './directory-growth.ts';
export { FilesystemGrowth } from './filesystem-growth.ts';
export type { Unexplained } from './filesystem-growth.ts';
export { GrowthBook } from './growth-book.ts';

export { HeldGrowth } from './held-growth.ts';
export { keptGrowth, stillThere } from './kept-growth.ts';
export type { TreeGrowth } from './tree-growth.ts';
