/** What one thread counts of a scan that was asked whose the bytes are: by package, by user, and what nobody owns where. */
import { NOT_OWNED, OwnedPaths } from '../../model/owned-paths.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';
import { growColumns } from './columns.ts';

/** Beside the rows of directories. */
const emptyRows = () => ({
  /** The directory in the table of owned paths, 0 where no package knows it. */
  node: new Int32Array(1024),
  blocks: new Float64Array(1024),
  entries: new Uint32Array(1024),
});

/** Beside the rows of hard links. */
const emptyLinks = () => ({ uid: new Uint32Array(16), owner: new Int32Array(16) });

/** A user's inodes in a root. */
interface UserSum {
  blocks: number;
  entries: number;
}

/** One root: inodes with one link, and directories. */
interface RootOwnerRows {
  readonly ownerBlocks: Float64Array<ArrayBuffer>;
  readonly ownerEntries: Float64Array<ArrayBuffer>;
  readonly users: ReadonlyMap<number, UserSum>;
  readonly directoryBlocks: number;
  readonly directories: number;
}

/** What a thread hands over. */
export interface OwnerRows {
  readonly rows: ReturnType<typeof emptyRows>;
  readonly links: ReturnType<typeof emptyLinks>;
  readonly roots: readonly (RootOwnerRows | undefined)[];
}

class RootSums implements RootOwnerRows {
  readonly ownerBlocks: Float64Array<ArrayBuffer>;
  readonly ownerEntries: Float64Array<ArrayBuffer>;
  readonly users = new Map<number, UserSum>();
  directoryBlocks = 0;
  directories = 0;
  /** Most entries have the owner of the one before. */
  #uid = -1;
  #user: UserSum = { blocks: 0, entries: 0 };

  constructor(ownerCount: number) {
    this.ownerBlocks = new Float64Array(ownerCount);
    this.ownerEntries = new Float64Array(ownerCount);
  }

  addUser(uid: number, blocks: number): void {
    if (uid !== this.#uid) {
      this.#uid = uid;
      const known = this.users.get(uid);
      this.#user = known ?? { blocks: 0, entries: 0 };
      if (!known) this.users.set(uid, this.#user);
    }
    this.#user.blocks += blocks;
    this.#user.entries++;
  }
}

export class OwnerTally {
  readonly #paths: OwnedPaths;
  readonly #rows = emptyRows();
  readonly #links = emptyLinks();
  readonly #roots: RootSums[] = [];
  // The directory whose entries are being counted.
  #row = 0;
  #node = 0;
  #sums: RootSums;

  constructor(paths: OwnedPathsColumns) {
    this.#paths = new OwnedPaths(paths);
    this.#sums = this.#sumsOf(0);
  }

  nodeOf(row: number): number {
    return this.#rows.node[row] ?? 0;
  }

  setNode(row: number, node: number): void {
    if (row >= this.#rows.node.length) growColumns(this.#rows, row + 1);
    this.#rows.node[row] = node;
  }

  /** What follows is in the directory of `row`, below root number `root`. */
  enter(row: number, root: number): void {
    this.#row = row;
    this.#node = this.nodeOf(row);
    this.#sums = this.#sumsOf(root);
  }

  addDirectory(root: number, uid: number, blocks: number): void {
    const sums = this.#sumsOf(root);
    sums.directoryBlocks += blocks;
    sums.directories++;
    sums.addUser(uid, blocks);
  }

  /** The node of the directory `name[start…end)` in the one that was entered. */
  childNode(name: Uint8Array, start: number, end: number): number {
    return this.#paths.child(this.#node, name, start, end);
  }

  /** Counts an inode with one link. */
  addEntry(uid: number, blocks: number, name: Uint8Array, start: number, end: number): void {
    const owner = this.#paths.ownerOf(this.#node, name, start, end);
    this.#sums.ownerBlocks[owner] += blocks;
    this.#sums.ownerEntries[owner]++;
    this.#sums.addUser(uid, blocks);
    if (owner !== NOT_OWNED) return;
    const row = this.#row;
    if (row >= this.#rows.node.length) growColumns(this.#rows, row + 1);
    this.#rows.blocks[row] += blocks;
    this.#rows.entries[row]++;
  }

  /** Notes whose the link of that number is; it is counted when all threads are done. */
  addLink(link: number, uid: number, name: Uint8Array, start: number, end: number): void {
    if (link >= this.#links.uid.length) growColumns(this.#links, link + 1);
    this.#links.uid[link] = uid;
    this.#links.owner[link] = this.#paths.ownerOf(this.#node, name, start, end);
  }

  result(): OwnerRows {
    return { rows: this.#rows, links: this.#links, roots: Array.from(this.#roots) };
  }

  #sumsOf(root: number): RootSums {
    return (this.#roots[root] ??= new RootSums(this.#paths.ownerCount));
  }
}
