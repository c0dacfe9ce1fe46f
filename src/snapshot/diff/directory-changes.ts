/** What changed by directory: each with all that is below it, then and now, as a tree of the places where most happened. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { DirectoryChange } from '../../model/snapshot-diff.ts';
import { NONE, ROOT } from './entry-table.ts';
import type { EntryTable } from './entry-table.ts';
import type { CountedBytes } from './link-owners.ts';
import type { Pairs } from './pairs.ts';

export interface TreeLimits {
  /** Levels below the root. */
  readonly depth: number;
  /** Children per directory; Infinity for all. */
  readonly top: number;
  /** What changed by less than this share of the largest change directly in the root is left out. */
  readonly minShare: number;
}

/** The same for one node. */
interface NodeLimits {
  readonly depth: number;
  readonly top: number;
  readonly leastBytes: number;
}

/** A directory that is there now, or was there before, or both. */
interface Place {
  readonly before: number;
  readonly after: number;
}

export class DirectoryChanges {
  readonly #pairs: Pairs;
  readonly #oldBytes: Float64Array;
  readonly #newBytes: Float64Array;

  constructor(pairs: Pairs, counted: CountedBytes) {
    this.#pairs = pairs;
    this.#oldBytes = summedUp(pairs.old, counted.old);
    this.#newBytes = summedUp(pairs.new, counted.new);
  }

  get totals(): { readonly oldBytes: number; readonly newBytes: number } {
    return { oldBytes: this.#oldBytes[ROOT], newBytes: this.#newBytes[ROOT] };
  }

  tree({ depth, top, minShare }: TreeLimits): DirectoryChange {
    const root = { before: ROOT, after: ROOT };
    const [first] = this.#childrenOf(root);
    const leastBytes = first === undefined ? 0 : Math.abs(this.#delta(first)) * minShare;
    return this.#node(root, this.#pairs.new.nameOf(ROOT), { depth, top, leastBytes });
  }

  #node(place: Place, path: ByteString, limits: NodeLimits): DirectoryChange {
    const { depth, top, leastBytes } = limits;
    const places = this.#childrenOf(place);
    // What is not there any more needs no looking into.
    const isOpened = depth > 0 && place.after !== NONE;
    const shown = (isOpened ? places : [])
      .slice(0, top)
      .filter((one) => Math.abs(this.#delta(one)) >= leastBytes);
    const delta = (list: readonly Place[]): number => list.reduce((sum, one) => sum + this.#delta(one), 0);
    return {
      path,
      name: this.#nameOf(place),
      kind: this.#kindOf(place),
      oldBytes: this.#old(place),
      newBytes: this.#new(place),
      children: shown.map((child) =>
        this.#node(child, joinPath(path, this.#nameOf(child)), { ...limits, depth: depth - 1 }),
      ),
      rest: { count: places.length - shown.length, deltaBytes: delta(places.slice(shown.length)) },
    };
  }

  /** Entries that changed, directories and files, the largest change first. */
  #childrenOf({ before, after }: Place): Place[] {
    const { old: oldTable, new: newTable, toOld, toNew, isMoved } = this.#pairs;
    const places: Place[] = [];
    const add = (place: Place): void => {
      if (this.#delta(place) !== 0) places.push(place);
    };
    if (after !== NONE)
      for (const child of newTable.childrenOf(after))
        add({ before: isMoved[child] === 1 ? NONE : toOld[child], after: child });
    if (before !== NONE)
      for (const child of oldTable.childrenOf(before))
        if (toNew[child] === NONE || isMoved[toNew[child]] === 1) add({ before: child, after: NONE });
    return places.toSorted((a, b) => Math.abs(this.#delta(b)) - Math.abs(this.#delta(a)));
  }

  #kindOf({ before, after }: Place): DirectoryChange['kind'] {
    const { toOld, toNew } = this.#pairs;
    if (after === NONE) return toNew[before] === NONE ? 'gone' : 'moved';
    if (before === NONE) return toOld[after] === NONE ? 'new' : 'moved';
    const delta = this.#delta({ before, after });
    if (delta === 0) return 'same';
    return delta > 0 ? 'grown' : 'shrunk';
  }

  #nameOf({ before, after }: Place): ByteString {
    return after === NONE ? this.#pairs.old.nameOf(before) : this.#pairs.new.nameOf(after);
  }

  #old({ before }: Place): number {
    return before === NONE ? 0 : this.#oldBytes[before];
  }

  #new({ after }: Place): number {
    return after === NONE ? 0 : this.#newBytes[after];
  }

  #delta(place: Place): number {
    return this.#new(place) - this.#old(place);
  }
}

/** Each directory with all that is below it. */
function summedUp(table: EntryTable, counted: Float64Array): Float64Array {
  const sums = counted.slice();
  for (let id = table.count - 1; id > ROOT; id--) sums[table.parentOf(id)] += sums[id];
  return sums;
}
