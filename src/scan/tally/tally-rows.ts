/** The columns a thread counts in, and the whole of what it hands over when it is done. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Operation } from '../../model/problem.ts';
import type { BreakdownRows } from './breakdown-tally.ts';
import type { OwnerRows } from './owner-tally.ts';
import type { LargeFile } from './largest-files.ts';
import type { LifeResult } from './life-rows.ts';

/** Directories, a row each. A directory whose entries two threads looked at has a row in both; rows add up. */
export const emptyRows = () => ({
  /** Number in the tree, the same in every thread. */
  id: new Uint32Array(1024),
  parent: new Uint32Array(1024),
  root: new Uint16Array(1024),
  nameStart: new Uint32Array(1024),
  nameLength: new Uint16Array(1024),
  /** 1 where this row counts the directory itself, 0 where it only adds to a row elsewhere. */
  itself: new Uint8Array(1024),
  blocks: new Float64Array(1024),
  apparent: new Float64Array(1024),
  files: new Uint32Array(1024),
  symlinks: new Uint32Array(1024),
  others: new Uint32Array(1024),
  newest: new Float64Array(1024).fill(-Infinity),
  /** Blocks of files written within the last hour, day and week. */
  hour: new Float64Array(1024),
  day: new Float64Array(1024),
  week: new Float64Array(1024),
  incomplete: new Uint8Array(1024),
});
type DirectoryRows = ReturnType<typeof emptyRows>;

/** Links to inodes that have more than one, a row each: they are counted when all threads are done. */
export const emptyLinks = () => ({
  device: new Uint32Array(16),
  inodeLow: new Uint32Array(16),
  inodeHigh: new Uint32Array(16),
  links: new Uint32Array(16),
  directory: new Uint32Array(16),
  root: new Uint16Array(16),
  blocks: new Float64Array(16),
  size: new Float64Array(16),
  mtime: new Float64Array(16),
  mode: new Uint16Array(16),
  type: new Uint16Array(16),
});
export type LinkRows = ReturnType<typeof emptyLinks>;

/** Bytes in a directory whose names betray another use than the directory's. */
export const emptyUses = () => ({
  directory: new Uint32Array(64),
  use: new Uint8Array(64),
  blocks: new Float64Array(64),
  entries: new Uint32Array(64),
});
type UseRows = ReturnType<typeof emptyUses>;

/** A problem before its path is put together. */
export interface ProblemRow {
  readonly directory: number;
  /** Undefined where the directory itself is the trouble. */
  readonly name: ByteString | undefined;
  readonly operation: Operation;
  readonly code: string;
}

/** Everything a thread hands over. */
export interface TallyResult {
  readonly rows: DirectoryRows;
  readonly rowCount: number;
  readonly names: Uint8Array<ArrayBuffer>;
  readonly links: LinkRows;
  readonly linkCount: number;
  readonly uses: UseRows;
  readonly useCount: number;
  readonly breakdowns: readonly (BreakdownRows | undefined)[];
  readonly largest: readonly LargeFile[];
  readonly uneven: readonly LargeFile[];
  /** Directories with a file of the name to be noted. */
  readonly noted: readonly number[];
  readonly problems: readonly ProblemRow[];
  readonly problemCount: number;
  readonly excluded: number;
  /** Undefined where nobody asked whose the bytes are. */
  readonly owners: OwnerRows | undefined;
  /** Undefined where signs of life were not asked for. */
  readonly life: LifeResult | undefined;
}
