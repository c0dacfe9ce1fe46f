/** The door of the volumes: filesystems that are read in bulk, beneath their directories' names. */
export { InodeRecords, RECORD, recordRun } from './inode-records.ts';
export { planBulk } from './bulk-plan.ts';
export type { BulkRequest } from './bulk-plan.ts';
export { COUNT } from './volume.ts';
export type { Volume } from './volume.ts';
