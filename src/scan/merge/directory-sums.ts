/** The numbers of every directory of the tree while they are added up, in blocks of 512 bytes. */
import type { Totals } from '../../model/scan-result.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import type { TreeColumns } from '../../model/tree.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { TallyResult } from '../tally/tally.ts';

export class DirectorySums {
  readonly count: number;
  readonly parent: Uint32Array;
  readonly root: Uint16Array;
  readonly nameStart: Uint32Array;
  readonly nameLength: Uint16Array;
  readonly blocks: Float64Array;
  readonly apparent: Float64Array;
  readonly freeable: Float64Array;
  readonly entries: Float64Array;
  readonly newest: Float64Array;
  readonly hour: Float64Array;
  readonly day: Float64Array;
  readonly week: Float64Array;
  readonly incomplete: Uint8Array;
  /** Indexes into USES. */
  readonly uses: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.parent = new Uint32Array(count);
    this.root = new Uint16Array(count);
    this.nameStart = new Uint32Array(count);
    this.nameLength = new Uint16Array(count);
    this.blocks = new Float64Array(count);
    this.apparent = new Float64Array(count);
    this.freeable = new Float64Array(count);
    this.entries = new Float64Array(count);
    this.newest = new Float64Array(count).fill(-Infinity);
    this.hour = new Float64Array(count);
    this.day = new Float64Array(count);
    this.week = new Float64Array(count);
    this.incomplete = new Uint8Array(count);
    this.uses = new Uint8Array(count);
  }

  /** Says which directories lie where, as a thread has found them; their names begin at `namesAt` of all names. */
  place({ rows, rowCount }: TallyResult, namesAt: number): void {
    const { root, parent, nameStart, nameLength } = this;
    for (let row = 0; row < rowCount; row++) {
      const id = rows.id[row];
      root[id] = rows.root[row];
      if (rows.itself[row] === 0) continue;
      parent[id] = rows.parent[row];
      nameStart[id] = namesAt + rows.nameStart[row];
      nameLength[id] = rows.nameLength[row];
    }
  }

  /** Adds what a thread has counted directly in its directories. */
  addOwn({ rows, rowCount }: TallyResult): void {
    const ids = rows.id.subarray(0, rowCount);
    addColumn(this.blocks, rows.blocks, ids);
    addColumn(this.apparent, rows.apparent, ids);
    for (const counts of [rows.itself, rows.files, rows.symlinks, rows.others])
      addColumn(this.entries, counts, ids);
    addColumn(this.hour, rows.hour, ids);
    addColumn(this.day, rows.day, ids);
    addColumn(this.week, rows.week, ids);
    const { newest, incomplete } = this;
    for (let row = 0; row < rowCount; row++) {
      const id = ids[row];
      if (rows.newest[row] > newest[id]) newest[id] = rows.newest[row];
      incomplete[id] |= rows.incomplete[row];
    }
  }

  /** The deepest directory that has both below it or is one of them. Parents have smaller numbers. */
  commonAbove(one: number, other: number): number {
    let a = one;
    let b = other;
    while (a !== b) {
      if (a > b) a = this.parent[a];
      else b = this.parent[b];
    }
    return a;
  }

  /** Adds each directory to the one above it, from the bottom up. */
  addUp(): void {
    const { parent, newest, incomplete } = this;
    for (const column of [
      this.blocks,
      this.apparent,
      this.freeable,
      this.entries,
      this.hour,
      this.day,
      this.week,
    ])
      addColumnUp(column, parent);
    for (let id = this.count - 1; id > 0; id--) {
      const above = parent[id];
      if (newest[id] > newest[above]) newest[above] = newest[id];
      incomplete[above] |= incomplete[id];
    }
  }

  /** The finished columns, in bytes; the sums must not be used any more. */
  columns(): Omit<TreeColumns, 'names'> {
    for (const column of [this.blocks, this.freeable, this.hour, this.day, this.week]) toBytes(column);
    const { count, parent, nameStart, nameLength, entries, newest, incomplete } = this;
    return {
      count,
      parent,
      nameStart,
      nameLength,
      entries,
      newest,
      incomplete,
      diskBytes: this.blocks,
      apparentBytes: this.apparent,
      freeableBytes: this.freeable,
      hourBytes: this.hour,
      dayBytes: this.day,
      weekBytes: this.week,
    };
  }
}

// A function per column: compiled once and soon, where a loop over all columns takes longer to compile than to run.

function addColumn(sums: Float64Array, column: ArrayLike<number>, ids: Uint32Array): void {
  for (let row = 0; row < ids.length; row++) sums[ids[row]] += column[row];
}

function addColumnUp(column: Float64Array, parent: Uint32Array): void {
  for (let id = column.length - 1; id > 0; id--) column[parent[id]] += column[id];
}

function toBytes(column: Float64Array): void {
  for (let id = 0; id < column.length; id++) column[id] *= BLOCK_BYTES;
}

/** How many inodes of each kind a root has. */
export class KindCounts {
  files = 0;
  directories = 0;
  symlinks = 0;
  others = 0;

  /** One more inode that is not a directory, by the type bits of its mode. */
  count(type: number): void {
    if (type === FILE_TYPE.regular) this.files++;
    else if (type === FILE_TYPE.symlink) this.symlinks++;
    else this.others++;
  }

  totals(): Pick<Totals, 'files' | 'directories' | 'symlinks' | 'others'> {
    const { files, directories, symlinks, others } = this;
    return { files, directories, symlinks, others };
  }
}

/** Adds what a thread has counted to `kinds`, by root. */
export function addKinds({ rows, rowCount }: TallyResult, kinds: readonly KindCounts[]): void {
  for (let row = 0; row < rowCount; row++) {
    const counts = kinds[rows.root[row]];
    counts.directories += rows.itself[row];
    counts.files += rows.files[row];
    counts.symlinks += rows.symlinks[row];
    counts.others += rows.others[row];
  }
}
