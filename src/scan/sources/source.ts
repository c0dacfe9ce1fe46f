/** How directories are read: what a source offers to the loop that drives it, and what both know of the scan. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Excluder } from '../../system/files/exclude.ts';
import type { InodeLists } from '../volumes/volumes.ts';
import type { Job, JobQueue } from '../queue/job-queue.ts';
import type { Recorder } from '../record/record.ts';
import type { LifeTally, Tally } from '../tally/tally.ts';

/** Reads directories one bounded step at a time, depth first, keeping what it finds below a job to itself. */
export interface Source {
  /** Starts on a job; all earlier ones are done. */
  begin: (job: Job) => void;
  /** Reads one directory, or a buffer full of a large one; false where nothing is left of the job. */
  step: () => boolean;
  /** Gives the oldest directory that waits to be read to other threads; false where there is none to give. */
  shareOldest: () => boolean;
  /** The directory being read, for progress; undefined between jobs. */
  currentPath: () => ByteString | undefined;
  /** Closes what is open, also when the scan was stopped half-way. */
  close: () => void;
}

/** Whether the directory of `row`, just found with that inode on a device of that mount, is read by somebody else. */
export type IsTaken = (row: number, mountId: number, device: number, inode: number) => boolean;

/** What a source works with. */
export interface SourceContext {
  readonly queue: JobQueue;
  readonly tally: Tally;
  /** Undefined where nobody asks for signs of life. */
  readonly life: LifeTally | undefined;
  /** Undefined where no entry is written down. */
  readonly record: Recorder | undefined;
  /** Undefined where nothing is excluded. */
  readonly excluder: Excluder | undefined;
  /** What is counted, and noted among the signs of life; undefined where nothing is. */
  readonly keeper: Excluder | undefined;
  /** Mounts that are entered beside a root's own. */
  readonly enterMountIds: ReadonlySet<number>;
  /** Mount points that are not entered; undefined where there is no mount table. */
  readonly leftMountPoints: ReadonlySet<ByteString> | undefined;
  /** Inodes that need no statx. */
  readonly lists: InodeLists;
  /** Most descriptors this thread may hold open at a time. */
  readonly mostDescriptors: number;
  /** A root lies on a file server; otherwise none is asked, so that a dead mount below a root keeps nobody waiting. */
  readonly isRemote: boolean;
}
