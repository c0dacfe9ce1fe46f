/** Which store a path lies in, is, or has inside: by the marks of its content first, then by the catalogue's places. */
import { storeWithNames } from '../catalogue/catalogue.ts';
import type { CatalogueEntry, StoreMark } from '../catalogue/catalogue.ts';
import { joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { sampleNames } from '../system/directories/directory-names.ts';

/** What the catalogue says of one path: the most specific entry that claims it. */
export type Claim = (path: ByteString, kind: 'file' | 'directory') => CatalogueEntry | undefined;

/** A store's marks are among the first names: none has more than some hundred beside them. */
const MOST_NAMES = 4000;

/**
 * Looks from the path upwards; the nearest that knows decides: a container's log lies in Docker's store and is no part
 * of it. Answers are remembered, so one is made per look at the machine.
 */
export class StoreOf {
  readonly #claim: Claim;
  readonly #marked = new Map<ByteString, StoreMark | undefined>();

  constructor(claim: Claim) {
    this.#claim = claim;
  }

  /** The store's name; undefined where none is known. */
  of(path: ByteString, isDirectory: boolean): string | undefined {
    if (isDirectory) {
      const inside = this.#markOf(path) ?? this.#inside(path);
      if (inside !== undefined) return inside.store;
    }
    let kind: 'file' | 'directory' = isDirectory ? 'directory' : 'file';
    for (let at = path; at !== '/'; at = parentPath(at)) {
      const entry = this.#claim(at, kind);
      if (entry !== undefined) return isStore(entry) ? entry.id : undefined;
      const mark = at === path ? undefined : this.#markOf(at);
      if (mark !== undefined) return isLogOf(mark, path, at) ? undefined : mark.store;
      kind = 'directory';
    }
    return undefined;
  }

  /** A store right below a directory that is to go as a whole. */
  #inside(path: ByteString): StoreMark | undefined {
    for (const name of sampleNames(path, MOST_CHILDREN)) {
      const mark = this.#markOf(joinPath(path, name));
      if (mark !== undefined) return mark;
    }
    return undefined;
  }

  #markOf(directory: ByteString): StoreMark | undefined {
    if (this.#marked.has(directory)) return this.#marked.get(directory);
    const mark = storeWithNames(sampleNames(directory, MOST_NAMES), (below) =>
      sampleNames(joinPath(directory, below as ByteString), MOST_NAMES),
    );
    this.#marked.set(directory, mark);
    return mark;
  }
}

const MOST_CHILDREN = 200;

function isLogOf({ logs }: StoreMark, path: ByteString, store: ByteString): boolean {
  return logs?.test(path.slice(store.length + 1)) === true;
}

/** Somebody's data, or what only its program may change. */
function isStore({ class: kind }: CatalogueEntry): boolean {
  return kind === 'B' || kind === 'D' || kind === 'X';
}
