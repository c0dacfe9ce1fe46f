/** The numbers of every directory of the tree while they are added up, in blocks of 512 bytes. */
import type { Totals } from '../../model/scan-result.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import type { TreeColumns } from '../../model/tree.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';

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
    for (let id = this.count - 1; id > 0; id--) {
      const above = this.parent[id];
      this.blocks[above] += this.blocks[id];
      this.apparent[above] += this.apparent[id];
      this.freeable[above] += this.freeable[id];
      this.entries[above] += this.entries[id];
      this.hour[above] += this.hour[id];
      this.day[above] += this.day[id];
      this.week[above] += this.week[id];
      if (this.newest[id] > this.newest[above]) this.newest[above] = this.newest[id];
      this.incomplete[above] |= this.incomplete[id];
    }
  }

  /** The finished columns, in bytes; the sums must not be used any more. */
  columns(): Omit<TreeColumns, 'names'> {
    for (let id = 0; id < this.count; id++) {
      this.blocks[id] *= BLOCK_BYTES;
      this.freeable[id] *= BLOCK_BYTES;
      this.hour[id] *= BLOCK_BYTES;
      this.day[id] *= BLOCK_BYTES;
      this.week[id] *= BLOCK_BYTES;
    }
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
