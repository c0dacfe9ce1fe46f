/** Adds the threads' tallies up to one tree with totals. Sums are in blocks until the tree is done. */
import { USES } from '../model/breakdown.ts';
import type { Breakdown } from '../model/breakdown.ts';
import { fromBytes } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Totals } from '../model/scan-result.ts';
import { BLOCK_BYTES } from '../model/size.ts';
import { DirectoryTree } from '../model/tree.ts';
import type { TreeRoot } from '../model/tree.ts';
import { FILE_TYPE } from '../system/directory-entries.ts';
import { BreakdownSums, typeName } from './breakdown-sums.ts';
import { useInside, useOfPath } from './directory-use.ts';
import type { DirectoryUse } from './directory-use.ts';
import { forEachLinkGroup } from './link-groups.ts';
import type { LinkGroup } from './link-groups.ts';
import type { TallyResult } from './tally.ts';

export interface Merged {
  readonly tree: DirectoryTree;
  /** Per root. */
  readonly totals: readonly Totals[];
  readonly breakdowns: readonly Breakdown[];
}

/** A root as the merge needs it: directory number `index + 1` of the tree. */
export interface MergeRoot extends TreeRoot {
  /** Its own path for a directory, its directory's for a file: where the use is judged from. */
  readonly usePath: ByteString;
}

/** Uses that a directory's name leaves open, so that a file's own name decides. */
const openUses = new Set([USES.indexOf('data'), USES.indexOf('other')]);

/** @param directoryCount how many directory numbers were given out, that above the roots included. */
export function merge(
  tallies: readonly TallyResult[],
  directoryCount: number,
  roots: readonly MergeRoot[],
  nowSeconds: number,
): Merged {
  return new Merge(tallies, directoryCount, roots, nowSeconds).run();
}

class Merge {
  readonly #tallies: readonly TallyResult[];
  readonly #roots: readonly MergeRoot[];
  readonly #count: number;
  readonly #parent: Uint32Array;
  readonly #root: Uint16Array;
  readonly #nameStart: Uint32Array;
  readonly #nameLength: Uint16Array;
  readonly #names: Uint8Array;
  readonly #blocks: Float64Array;
  readonly #apparent: Float64Array;
  readonly #freeable: Float64Array;
  readonly #entries: Float64Array;
  readonly #newest: Float64Array;
  readonly #incomplete: Uint8Array;
  readonly #uses: Uint8Array;
  readonly #kinds: { files: number; directories: number; symlinks: number; others: number }[];
  readonly #breakdowns: BreakdownSums[];
  /** What counts in one directory but not once more in those above it: [directory, blocks, apparent] by threes. */
  readonly #extras: number[] = [];
  readonly #stamps: Uint32Array;
  #stamp = 0;

  constructor(
    tallies: readonly TallyResult[],
    count: number,
    roots: readonly MergeRoot[],
    nowSeconds: number,
  ) {
    this.#tallies = tallies;
    this.#roots = roots;
    this.#count = count;
    this.#parent = new Uint32Array(count);
    this.#root = new Uint16Array(count);
    this.#nameStart = new Uint32Array(count);
    this.#nameLength = new Uint16Array(count);
    this.#names = new Uint8Array(tallies.reduce((bytes, tally) => bytes + tally.names.length, 0));
    this.#blocks = new Float64Array(count);
    this.#apparent = new Float64Array(count);
    this.#freeable = new Float64Array(count);
    this.#entries = new Float64Array(count);
    this.#newest = new Float64Array(count).fill(-Infinity);
    this.#incomplete = new Uint8Array(count);
    this.#uses = new Uint8Array(count);
    this.#stamps = new Uint32Array(count);
    this.#kinds = roots.map(() => ({ files: 0, directories: 0, symlinks: 0, others: 0 }));
    this.#breakdowns = roots.map(() => new BreakdownSums(nowSeconds));
  }

  run(): Merged {
    this.#addRows();
    this.#judgeUses();
    this.#addBreakdowns();
    forEachLinkGroup(this.#tallies, (group) => this.#addGroup(group));
    this.#addUp();
    return {
      tree: this.#tree(),
      totals: this.#totals(),
      breakdowns: this.#breakdowns.map((sums) => sums.breakdown()),
    };
  }

  #addRows(): void {
    let namesAt = 0;
    for (const { rows, rowCount, names } of this.#tallies) {
      this.#names.set(names, namesAt);
      for (let row = 0; row < rowCount; row++) {
        const id = rows.id[row];
        const kinds = this.#kinds[rows.root[row]];
        this.#root[id] = rows.root[row];
        if (rows.itself[row] === 1) {
          this.#parent[id] = rows.parent[row];
          this.#nameStart[id] = namesAt + rows.nameStart[row];
          this.#nameLength[id] = rows.nameLength[row];
          kinds.directories++;
        }
        kinds.files += rows.files[row];
        kinds.symlinks += rows.symlinks[row];
        kinds.others += rows.others[row];
        this.#blocks[id] += rows.blocks[row];
        this.#apparent[id] += rows.apparent[row];
        this.#entries[id] += rows.itself[row] + rows.files[row] + rows.symlinks[row] + rows.others[row];
        this.#newest[id] = Math.max(this.#newest[id], rows.newest[row]);
        this.#incomplete[id] |= rows.incomplete[row];
      }
      namesAt += names.length;
    }
    this.#freeable.set(this.#blocks);
  }

  /** The use of every directory, from those above down: parents have smaller numbers. */
  #judgeUses(): void {
    const uses: DirectoryUse[] = Array.from({ length: this.#count });
    for (const [root, { usePath }] of this.#roots.entries()) uses[root + 1] = useOfPath(usePath);
    for (let id = 1; id < this.#count; id++) {
      if (id > this.#roots.length) {
        const start = this.#nameStart[id];
        uses[id] = useInside(
          uses[this.#parent[id]],
          fromBytes(this.#names, start, start + this.#nameLength[id]),
        );
      }
      this.#uses[id] = USES.indexOf(uses[id].use);
    }
  }

  #addBreakdowns(): void {
    for (let id = 1; id < this.#count; id++) {
      this.#breakdowns[this.#root[id]].addUse(this.#uses[id], this.#blocks[id], this.#entries[id]);
    }
    for (const { breakdowns, uses, useCount } of this.#tallies) {
      for (const [root, rows] of breakdowns.entries()) if (rows) this.#breakdowns[root].addRows(rows);
      for (let row = 0; row < useCount; row++) {
        const id = uses.directory[row];
        if (!openUses.has(this.#uses[id])) continue;
        const sums = this.#breakdowns[this.#root[id]];
        sums.addUse(this.#uses[id], -uses.blocks[row], -uses.entries[row]);
        sums.addUse(uses.use[row], uses.blocks[row], uses.entries[row]);
      }
    }
  }

  /** Counts an inode once in every directory that has it somewhere below. */
  #addGroup(group: LinkGroup): void {
    const { links, row, members, count } = group;
    const blocks = links.blocks[row];
    const kind = links.mode[row] & FILE_TYPE.mask;
    const hasSize = kind === FILE_TYPE.regular || kind === FILE_TYPE.symlink;
    const apparent = hasSize ? links.size[row] : 0;
    let common = this.#directoryOf(members[0]);
    for (let i = 1; i < count; i++) common = this.#commonAbove(common, this.#directoryOf(members[i]));
    this.#blocks[common] += blocks;
    this.#apparent[common] += apparent;
    this.#entries[common]++;
    // Only when every link lies below does deleting the directory free the inode.
    if (count >= links.links[row]) this.#freeable[common] += blocks;
    this.#stamp++;
    for (let i = 0; i < count; i++) {
      for (
        let id = this.#directoryOf(members[i]);
        id !== common && this.#stamps[id] !== this.#stamp;
        id = this.#parent[id]
      ) {
        this.#stamps[id] = this.#stamp;
        this.#extras.push(id, blocks, apparent);
      }
    }
    this.#addToRoots(group);
  }

  /** Totals and breakdown of each root that has a link to the inode. The smallest type and use win: any order, one answer. */
  #addToRoots({ links, row, members, count }: LinkGroup): void {
    const kind = links.mode[row] & FILE_TYPE.mask;
    const done: number[] = [];
    for (let i = 0; i < count; i++) {
      const root = this.#rootOf(members[i]);
      if (done.includes(root)) continue;
      done.push(root);
      const kinds = this.#kinds[root];
      if (kind === FILE_TYPE.regular) kinds.files++;
      else if (kind === FILE_TYPE.symlink) kinds.symlinks++;
      else kinds.others++;
      let type: string | undefined;
      let use: number = USES.length;
      for (let j = i; j < count; j++) {
        const { tally, row: at } = members[j];
        if (this.#rootOf(members[j]) !== root) continue;
        const name = typeName(this.#tallies[tally].breakdowns[root]!, this.#tallies[tally].links.type[at]);
        if (type === undefined || name < type) type = name;
        use = Math.min(use, this.#uses[this.#directoryOf(members[j])]);
      }
      this.#breakdowns[root].addInode(type!, use, links.blocks[row], links.mtime[row]);
    }
  }

  #directoryOf({ tally, row }: { tally: number; row: number }): number {
    return this.#tallies[tally].links.directory[row];
  }

  #rootOf({ tally, row }: { tally: number; row: number }): number {
    return this.#tallies[tally].links.root[row];
  }

  #commonAbove(one: number, other: number): number {
    let a = one;
    let b = other;
    while (a !== b) {
      if (a > b) a = this.#parent[a];
      else b = this.#parent[b];
    }
    return a;
  }

  /** Adds each directory to the one above it, from the bottom up. */
  #addUp(): void {
    for (let id = this.#count - 1; id > 0; id--) {
      const above = this.#parent[id];
      this.#blocks[above] += this.#blocks[id];
      this.#apparent[above] += this.#apparent[id];
      this.#freeable[above] += this.#freeable[id];
      this.#entries[above] += this.#entries[id];
      this.#newest[above] = Math.max(this.#newest[above], this.#newest[id]);
      this.#incomplete[above] |= this.#incomplete[id];
    }
    for (let i = 0; i < this.#extras.length; i += 3) {
      const id = this.#extras[i];
      this.#blocks[id] += this.#extras[i + 1];
      this.#apparent[id] += this.#extras[i + 2];
      this.#entries[id]++;
    }
  }

  #tree(): DirectoryTree {
    for (let id = 0; id < this.#count; id++) {
      this.#blocks[id] *= BLOCK_BYTES;
      this.#freeable[id] *= BLOCK_BYTES;
    }
    return new DirectoryTree(
      {
        count: this.#count,
        parent: this.#parent,
        names: this.#names,
        nameStart: this.#nameStart,
        nameLength: this.#nameLength,
        diskBytes: this.#blocks,
        apparentBytes: this.#apparent,
        freeableBytes: this.#freeable,
        entries: this.#entries,
        newest: this.#newest,
        incomplete: this.#incomplete,
      },
      this.#roots,
    );
  }

  #totals(): Totals[] {
    return this.#kinds.map((kinds, root) => ({
      diskBytes: this.#blocks[root + 1],
      apparentBytes: this.#apparent[root + 1],
      entries: this.#entries[root + 1],
      ...kinds,
    }));
  }
}
