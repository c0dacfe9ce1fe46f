/** The door of the room: trees as files, in formats that others read too, and what changed between two of them. */
export { resolveSnapshotRoot, writeSnapshot } from './export/export.ts';
export type { Snapshot, SnapshotRequest } from './export/export.ts';
export { diffSnapshots } from './diff/diff.ts';
export type { DiffRequest, DiffSource } from './diff/diff.ts';
export { forecastFull, keepSnapshot, keptSnapshots, lastSnapshot } from './history/history.ts';
export type { Keeper, KeptRun, Retention } from './history/history.ts';
export { readSnapshot } from './import/import.ts';
export type { ReadSnapshot } from './import/import.ts';
export { grownNodes, growthBetween, readSnapshotOf, refuseUnlessHolds } from './growth/growth.ts';
export type { SnapshotInput } from './import/import.ts';
