/** The door of the volumes: filesystems that are read in bulk, beneath their directories' names. */
export { InodeList } from './inode-list.ts';
export { InodeLists } from './inode-lists.ts';
export { fillFromRecord, InodeRecords, RECORD, recordRun } from './inode-records.ts';
export { NO_VOLUMES, planBulk } from './bulk-plan.ts';
export type { BulkRequest, Volumes } from './bulk-plan.ts';
export { keptNames } from './name-store.ts';
export { COUNT } from './volume.ts';
export type { Volume } from './volume.ts';
