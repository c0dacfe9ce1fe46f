/** The tree of a scan at work: every figure is "at least", and grows. */
import { components, isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { TreeRoot } from '../../model/tree.ts';
import { LiveTable } from '../../scan/scan.ts';
import type { Child, Figures, Level, SizedTree } from './sized-tree.ts';

export class LiveTree implements SizedTree {
  readonly #table: LiveTable;
  readonly #root: TreeRoot;

  /** @param root directory number 1. */
  constructor(memory: SharedArrayBuffer, root: TreeRoot) {
    this.#table = new LiveTable(memory);
    this.#root = root;
  }

  isDirectory = (directory: number): boolean => directory !== ROOT || this.#root.isDirectory;

  path = (directory: number): ByteString => {
    const names: ByteString[] = [];
    for (let at = directory; at !== ROOT && at !== ABOVE_ROOTS; at = this.#table.parent(at))
      names.push(this.#table.name(at));
    let path = this.#root.path;
    for (const name of names.toReversed()) path = joinPath(path, name);
    return path;
  };

  trail = (path: ByteString): readonly number[] | undefined => {
    if (!isInside(path, this.#root.path)) return undefined;
    const trail = [ROOT];
    for (const name of components(path.slice(this.#root.path.length) as ByteString)) {
      const child = this.#childNamed(trail.at(-1)!, name);
      if (child === undefined) return undefined;
      trail.push(child);
    }
    return trail;
  };

  /** One pass over all directories: a parent's number is smaller than its children's. */
  level = (directory: number): Level => {
    const table = this.#table;
    const count = table.directories;
    // The sum that a directory counts for: 0 none, 1 that of the level itself, 2 and up its children's.
    const sumOf = new Uint32Array(count);
    const ids: number[] = [directory];
    if (directory < count) sumOf[directory] = 1;
    for (let id = directory + 1; id < count; id++) {
      const parent = table.parent(id);
      if (parent === directory) sumOf[id] = ids.push(id);
      else if (parent < count) sumOf[id] = sumOf[parent];
    }
    const sums = new Sums(ids.length);
    for (let id = directory; id < count; id++) if (sumOf[id] > 0) sums.add(sumOf[id] - 1, table, id);
    const children = new Map<ByteString, Child>();
    for (let at = 1; at < ids.length; at++)
      children.set(table.name(ids[at]), { directory: ids[at], figures: sums.figures(at) });
    for (let at = 1; at < ids.length; at++) sums.addTo(0, at);
    return { own: sums.figures(0), children };
  };

  #childNamed(directory: number, name: ByteString): number | undefined {
    const table = this.#table;
    for (let id = directory + 1; id < table.directories; id++)
      if (table.parent(id) === directory && table.name(id) === name) return id;
    return undefined;
  }
}

const ROOT = 1;

class Sums {
  readonly #blocks: Float64Array;
  readonly #apparent: Float64Array;
  readonly #entries: Float64Array;
  readonly #newest: Float64Array;

  constructor(count: number) {
    this.#blocks = new Float64Array(count);
    this.#apparent = new Float64Array(count);
    this.#entries = new Float64Array(count);
    this.#newest = new Float64Array(count).fill(-Infinity);
  }

  add(at: number, table: LiveTable, id: number): void {
    this.#blocks[at] += table.blocks(id);
    this.#apparent[at] += table.apparentBytes(id);
    this.#entries[at] += table.entries(id);
    const newest = table.newest(id);
    if (newest !== 0 && newest > this.#newest[at]) this.#newest[at] = newest;
  }

  addTo(to: number, from: number): void {
    this.#blocks[to] += this.#blocks[from];
    this.#apparent[to] += this.#apparent[from];
    this.#entries[to] += this.#entries[from];
    this.#newest[to] = Math.max(this.#newest[to], this.#newest[from]);
  }

  figures(at: number): Figures {
    const diskBytes = this.#blocks[at] * BLOCK_BYTES;
    return {
      diskBytes,
      apparentBytes: this.#apparent[at],
      // Who has other links, and who holds what, is known at the end.
      freeableBytes: diskBytes,
      entries: this.#entries[at],
      newest: this.#newest[at],
      // At least: it grows.
      complete: false,
      changed: false,
    };
  }
}
