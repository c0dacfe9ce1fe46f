/** The door of growth: what has grown, how fast, and when that is an alarm. */
export { AllGrowth } from './all-growth.ts';
export type { Growth } from './all-growth.ts';
export type { AlarmRules, GrowthNow } from './alarm-state.ts';
export type { DirectoryGrowth } from './directory-growth.ts';
export { FilesystemGrowth } from './filesystem-growth.ts';
export type { Unexplained } from './filesystem-growth.ts';
export { GrowthBook } from './growth-book.ts';

export { GrowthKeeper } from './growth-keeper.ts';
export { mostStay } from './new-file.ts';
export { HeldGrowth } from './held-growth.ts';
export { KnownFiles } from './known-files.ts';
export type { TreeGrowth } from './tree-growth.ts';
