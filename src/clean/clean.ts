/**
 * The door of the room: deletes what a plan says and nothing else, and leaves a journal. It takes plans as data and
 * never looks for victims itself.
 */
export { deleteUnits } from './delete-units.ts';
export type { DeletionRequest } from './delete-units.ts';
export type { Deleter } from './guard/guard-context.ts';
export { openJournal } from './journal/journal.ts';
export { JOURNAL_SCHEMA } from './journal/journal-lines.ts';
export { journalDirectory } from './journal/state-directory.ts';
export { journalsIn, markFinished, readUnfinished } from './journal/unfinished.ts';
export type { UnfinishedRecord } from './journal/unfinished.ts';
export { applyPlan, plannedUnits } from './plan/apply-plan.ts';
export { listEntries } from './plan/list-entries.ts';
export { readPlan } from './plan/read-plan.ts';
export type { PlanFile } from './plan/read-plan.ts';
export { purge } from './quarantine/purge.ts';
export { restoreRun } from './quarantine/restore.ts';
export { allSetAside, setAsideBy } from './quarantine/set-aside.ts';
export type { SetAside } from './quarantine/set-aside.ts';
export type { CleanHooks, CleanProgress, CleanRequest } from './run/clean-request.ts';
export { carryOut } from './run/run.ts';
