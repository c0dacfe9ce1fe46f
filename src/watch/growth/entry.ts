/** A file that is metered: with its own growth, or as one of many small new ones of its directory. */
import type { DirectoryGrowth } from './directory-growth.ts';
import type { FileGrowth } from './file-growth.ts';
import type { InodeMeter } from './inode-meter.ts';

export interface Entry {
  readonly meter: InodeMeter;
  readonly metAt: number;
  growth: FileGrowth | undefined;
  directory: DirectoryGrowth | undefined;
}
