/** A finished tree and the parts of it that were scanned again or deleted since; directories keep their numbers. */
import { components, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { NO_FIGURES } from './sized-tree.ts';
import type { Child, Figures, Level, SizedTree } from './sized-tree.ts';

/** A tree among others: its directory d has the number `offset + d`. */
interface Part {
  readonly tree: DirectoryTree;
  readonly offset: number;
  /** The directory its root lies in; ABOVE_ROOTS for the first part. */
  readonly above: number;
}

/** Figures to be added to those of a directory and all above it. */
export type Difference = Pick<Figures, 'diskBytes' | 'apparentBytes' | 'freeableBytes' | 'entries'>;

export class Forest implements SizedTree {
  readonly #parts: Part[];
  /** What stands in a directory's place now; undefined where it is gone. */
  readonly #replaced = new Map<number, number | undefined>();
  readonly #changed = new Set<number>();

  /** @param tree with one root. */
  constructor(tree: DirectoryTree) {
    this.#parts = [{ tree, offset: 0, above: ABOVE_ROOTS }];
  }

  isDirectory = (directory: number): boolean => {
    const { tree, offset } = this.#partOf(directory);
    return !tree.isFileRoot(directory - offset);
  };

  path = (directory: number): ByteString => {
    const { tree, offset } = this.#partOf(directory);
    return tree.path(directory - offset);
  };

  trail = (path: ByteString): readonly number[] | undefined => {
    const root = this.path(ROOT);
    if (!isInside(path, root)) return undefined;
    const trail = [this.#now(ROOT)];
    for (const name of components(path.slice(root.length) as ByteString)) {
      const above = trail.at(-1);
      const child = above === undefined ? undefined : this.#childNamed(above, name);
      if (child === undefined) return undefined;
      trail.push(child);
    }
    return trail as number[];
  };

  level = (directory: number): Level => {
    const now = this.#now(directory);
    if (now === undefined) return { own: NO_FIGURES, children: new Map() };
    const { tree, offset } = this.#partOf(now);
    const children = new Map<ByteString, Child>();
    for (const local of tree.children(now - offset)) {
      const child = this.#now(offset + local);
      if (child !== undefined)
        children.set(tree.name(local), { directory: child, figures: this.#figures(child) });
    }
    return { own: this.#figures(now), children };
  };

  /** Puts `tree`, whose one root is the directory's path, in its place. */
  graft(directory: number, tree: DirectoryTree): void {
    const now = this.#now(directory);
    if (now === undefined) return;
    const before = this.#figures(now);
    const last = this.#parts.at(-1)!;
    const part = { tree, offset: last.offset + last.tree.columns.count, above: this.#above(now) };
    this.#parts.push(part);
    const fresh = part.offset + ROOT;
    this.#replaced.set(now, fresh);
    this.#add(part.above, differenceOf(this.#figures(fresh), before));
  }

  /** A directory of the tree is gone. @param freed what is not on the disk any more. */
  remove(directory: number, freed: Difference): void {
    const now = this.#now(directory);
    if (now === undefined) return;
    const above = this.#above(now);
    this.#replaced.set(now, undefined);
    this.shrink(above, freed);
  }

  /** Something in the directory is gone. */
  shrink(directory: number, freed: Difference): void {
    const { diskBytes, apparentBytes, freeableBytes, entries } = freed;
    this.#add(directory, {
      diskBytes: -diskBytes,
      apparentBytes: -apparentBytes,
      freeableBytes: -freeableBytes,
      entries: -entries,
    });
  }

  #add(from: number, difference: Difference): void {
    for (let at = from; at !== ABOVE_ROOTS; at = this.#above(at)) {
      const { tree, offset } = this.#partOf(at);
      const { columns } = tree;
      const local = at - offset;
      this.#changed.add(at);
      // Hard links make this inexact, never negative.
      columns.diskBytes[local] = Math.max(0, columns.diskBytes[local] + difference.diskBytes);
      columns.apparentBytes[local] = Math.max(0, columns.apparentBytes[local] + difference.apparentBytes);
      columns.freeableBytes[local] = Math.max(0, columns.freeableBytes[local] + difference.freeableBytes);
      columns.entries[local] = Math.max(1, columns.entries[local] + difference.entries);
    }
  }

  /** The number in whose place nothing else stands. */
  #now(directory: number): number | undefined {
    let now: number | undefined = directory;
    while (now !== undefined && this.#replaced.has(now)) now = this.#replaced.get(now);
    return now;
  }

  #above(directory: number): number {
    const { tree, offset, above } = this.#partOf(directory);
    const parent = tree.columns.parent[directory - offset];
    return parent === ABOVE_ROOTS ? above : offset + parent;
  }

  #childNamed(directory: number, name: ByteString): number | undefined {
    const { tree, offset } = this.#partOf(directory);
    const local = tree.children(directory - offset).find((child) => tree.name(child) === name);
    return local === undefined ? undefined : this.#now(offset + local);
  }

  #partOf(directory: number): Part {
    return this.#parts.findLast(({ offset }) => directory > offset) ?? this.#parts[0];
  }

  #figures(directory: number): Figures {
    const { tree, offset } = this.#partOf(directory);
    const { columns } = tree;
    const local = directory - offset;
    return {
      diskBytes: columns.diskBytes[local],
      apparentBytes: columns.apparentBytes[local],
      freeableBytes: columns.freeableBytes[local],
      entries: columns.entries[local],
      newest: columns.newest[local],
      complete: columns.incomplete[local] === 0,
      changed: this.#changed.has(directory),
    };
  }
}

const ROOT = 1;

function differenceOf(after: Figures, before: Figures): Difference {
  return {
    diskBytes: after.diskBytes - before.diskBytes,
    apparentBytes: after.apparentBytes - before.apparentBytes,
    freeableBytes: after.freeableBytes - before.freeableBytes,
    entries: after.entries - before.entries,
  };
}
