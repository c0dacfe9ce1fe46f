/** A sized directory tree: a number per directory, columns of typed arrays instead of objects. */
import { components, fromBytes, isInside, joinPath } from './byte-string.ts';
import type { ByteString } from './byte-string.ts';

/** The columns, indexed by directory. Directory 0 stands above all roots. A parent's index is below its children's. */
export interface TreeColumns {
  readonly count: number;
  readonly parent: Uint32Array;
  readonly names: Uint8Array;
  readonly nameStart: Uint32Array;
  readonly nameLength: Uint16Array;
  /** Allocated bytes of every inode in it and below, each once. */
  readonly diskBytes: Float64Array;
  /** st_size of regular files and symbolic links. */
  readonly apparentBytes: Float64Array;
  /** What deleting it gives back: inodes with a link outside it are not counted. */
  readonly freeableBytes: Float64Array;
  /** Inodes, itself included. */
  readonly entries: Float64Array;
  /** Seconds since 1970 of the latest change in it and below; -Infinity where nothing was seen. */
  readonly newest: Float64Array;
  /** Allocated bytes of files in it and below that were written within the last hour, day and week. */
  readonly hourBytes: Float64Array;
  readonly dayBytes: Float64Array;
  readonly weekBytes: Float64Array;
  /** 1 where something in it or below could not be read: its numbers are "at least". */
  readonly incomplete: Uint8Array;
}

/** Index of the directory above all roots. */
export const ABOVE_ROOTS = 0;

/** The same few hundred are asked for again and again; a tree may have millions. */
const MOST_PATHS = 10_000;
const MOST_PATH_BYTES = 1024;

/** A path the tree starts from. */
export interface TreeRoot {
  readonly path: ByteString;
  /** False for a file that was named itself. */
  readonly isDirectory: boolean;
}

export class DirectoryTree {
  readonly columns: TreeColumns;
  readonly #roots: readonly TreeRoot[];
  /** Children of directory d: #children[#firstChild[d] … #firstChild[d + 1]). */
  readonly #firstChild: Uint32Array;
  readonly #children: Uint32Array;
  /** Paths that were asked for, and of what is above them. */
  readonly #paths = new Map<number, ByteString>();

  /** @param roots directories 1, 2, …: the children of ABOVE_ROOTS. */
  constructor(columns: TreeColumns, roots: readonly TreeRoot[]) {
    this.columns = columns;
    this.#roots = roots;
    const { count, parent } = columns;
    const firstChild = new Uint32Array(count + 1);
    const children = new Uint32Array(Math.max(0, count - 1));
    for (let id = 1; id < count; id++) firstChild[parent[id] + 1]++;
    for (let id = 0; id < count; id++) firstChild[id + 1] += firstChild[id];
    const next = firstChild.slice();
    for (let id = 1; id < count; id++) children[next[parent[id]]++] = id;
    this.#firstChild = firstChild;
    this.#children = children;
  }

  /** The directories directly in `directory`, in no particular order. */
  children(directory: number): Uint32Array {
    return this.#children.subarray(this.#firstChild[directory], this.#firstChild[directory + 1]);
  }

  /** Whether this row stands for a file that was named itself. */
  isFileRoot(directory: number): boolean {
    return this.columns.parent[directory] === ABOVE_ROOTS && !this.#roots[directory - 1].isDirectory;
  }

  /** The last component; the whole path for a root. */
  name(directory: number): ByteString {
    const { parent, names, nameStart, nameLength } = this.columns;
    if (parent[directory] === ABOVE_ROOTS) return this.#roots[directory - 1].path;
    return fromBytes(names, nameStart[directory], nameStart[directory] + nameLength[directory]);
  }

  path(directory: number): ByteString {
    const { parent } = this.columns;
    const below: number[] = [];
    let at = directory;
    // Not by recursion: trees have as many levels as somebody makes.
    for (; parent[at] !== ABOVE_ROOTS && !this.#paths.has(at); at = parent[at]) below.push(at);
    let path = this.#paths.get(at) ?? this.#roots[at - 1].path;
    for (const id of below.toReversed()) {
      path = joinPath(path, this.name(id));
      if (path.length <= MOST_PATH_BYTES) this.#keep(id, path);
    }
    return path;
  }

  #keep(directory: number, path: ByteString): void {
    if (this.#paths.size === MOST_PATHS) this.#paths.clear();
    this.#paths.set(directory, path);
  }

  /** The directory with this path, or undefined where the tree has none. */
  find(path: ByteString): number | undefined {
    const root = this.#roots.findIndex((one) => isInside(path, one.path));
    if (root < 0) return undefined;
    let directory = root + 1;
    for (const name of components(path.slice(this.#roots[root].path.length) as ByteString)) {
      const child = this.children(directory).find((id) => this.name(id) === name);
      if (child === undefined) return undefined;
      directory = child;
    }
    return directory;
  }
}
