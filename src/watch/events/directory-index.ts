/** All directories that are watched in one way or another: those of the first scan, and those that appeared later. */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';

interface Added {
  readonly parent: number;
  readonly name: ByteString;
}

export class DirectoryIndex {
  readonly #tree: DirectoryTree;
  readonly #added: Added[] = [];
  readonly #addedChildren = new Map<number, number[]>();
  readonly #startedAt: number;
  #visitedAt: Float64Array;
  #gone: Uint8Array;
  #goneCount = 0;

  /** @param visitedAt seconds since 1970: when the scan began. */
  constructor(tree: DirectoryTree, visitedAt: number) {
    this.#tree = tree;
    const { count } = tree.columns;
    this.#visitedAt = new Float64Array(count).fill(visitedAt);
    this.#gone = new Uint8Array(count);
    this.#startedAt = visitedAt;
    for (const root of tree.children(ABOVE_ROOTS)) if (tree.isFileRoot(root)) this.setGone(root, true);
  }

  /** Directories are numbered from 1 up to and without this. */
  get end(): number {
    return this.#tree.columns.count + this.#added.length;
  }

  get count(): number {
    return this.end - 1 - this.#goneCount;
  }

  /** What was in it and below when the watch began; 0 for a directory that appeared later. */
  diskBytesOf(path: ByteString): number {
    const directory = this.#tree.find(path);
    return directory === undefined ? 0 : this.#tree.columns.diskBytes[directory];
  }

  path(directory: number): ByteString {
    const { count } = this.#tree.columns;
    if (directory < count) return this.#tree.path(directory);
    const { parent, name } = this.#added[directory - count];
    return joinPath(this.path(parent), name);
  }

  /** When its entries were last looked at, seconds since 1970. */
  visitedAt(directory: number): number {
    return this.#visitedAt[directory];
  }

  visited(directory: number, at: number): void {
    this.#visitedAt[directory] = at;
  }

  /** Whatever changed in it since the watch began is news. */
  forgetVisit(directory: number): void {
    this.#visitedAt[directory] = this.#startedAt;
  }

  isGone(directory: number): boolean {
    return this.#gone[directory] === 1;
  }

  setGone(directory: number, isGone: boolean): void {
    if ((this.#gone[directory] === 1) === isGone) return;
    this.#gone[directory] = isGone ? 1 : 0;
    this.#goneCount += isGone ? 1 : -1;
  }

  /** Names of the directories directly in it → their numbers. */
  children(directory: number): Map<ByteString, number> {
    const { count } = this.#tree.columns;
    const known = directory < count ? [...this.#tree.children(directory)] : [];
    const added = this.#addedChildren.get(directory) ?? [];
    return new Map([
      ...known.map((child) => [this.#tree.name(child), child] as const),
      ...added.map((child) => [this.#added[child - count].name, child] as const),
    ]);
  }

  /** A directory that appeared; it has not been looked at yet. */
  add(parent: number, name: ByteString): number {
    const number = this.end;
    this.#added.push({ parent, name });
    const siblings = this.#addedChildren.get(parent);
    if (siblings) siblings.push(number);
    else this.#addedChildren.set(parent, [number]);
    if (number >= this.#visitedAt.length) this.#grow(number + 1);
    this.forgetVisit(number);
    return number;
  }

  /** Directories named to be watched, and those of files named. */
  get roots(): readonly number[] {
    return [...this.#tree.children(ABOVE_ROOTS)];
  }

  /** The number of a directory; undefined where it is not known. */
  find(path: ByteString): number | undefined {
    let directory = this.#tree.find(path);
    if (directory !== undefined) return directory;
    const parent = path.slice(0, Math.max(1, path.lastIndexOf('/'))) as ByteString;
    if (parent === path || !this.isInside(parent)) return undefined;
    directory = this.find(parent);
    if (directory === undefined) return undefined;
    return this.children(directory).get(path.slice(path.lastIndexOf('/') + 1) as ByteString);
  }

  isInside(path: ByteString): boolean {
    for (const root of this.#tree.children(ABOVE_ROOTS))
      if (isInside(path, this.#tree.name(root))) return true;
    return false;
  }

  #grow(atLeast: number): void {
    const length = Math.max(atLeast, this.#visitedAt.length * 1.5);
    const visitedAt = new Float64Array(length);
    visitedAt.set(this.#visitedAt);
    this.#visitedAt = visitedAt;
    const gone = new Uint8Array(length);
    gone.set(this.#gone);
    this.#gone = gone;
  }
}
