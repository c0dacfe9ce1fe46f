/** Which store a path lies in, is, or has inside: by the marks of its content first, then by what is configured and known places. */
import type { CatalogueEntry, StoreEntry } from '../catalogue/catalogue.ts';
import { parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { MarkedStores } from './marked-stores.ts';

/** Places of logs of text in the catalogue. What audit and mail keep beside them is somebody's data. */
export const LOG_PLACES: ReadonlySet<string> = new Set(['active-logs', 'rotated-logs', 'x-session-logs']);

/** What the catalogue says of one path: the most specific entry that claims it. */
export type Claim = (path: ByteString, kind: 'file' | 'directory') => CatalogueEntry | undefined;

/** The store whose program is told to keep its data in a directory. */
export type Configured = (directory: ByteString) => StoreEntry | undefined;

/**
 * Looks from the path upwards; the nearest that knows decides: a container's log lies in Docker's store and is no part
 * of it. Answers are remembered, so one is made per look at the machine.
 */
export class StoreOf {
  readonly #claim: Claim;
  readonly #marked: MarkedStores;
  readonly #configured: Configured;

  constructor(claim: Claim, marked: MarkedStores, configured: Configured) {
    this.#claim = claim;
    this.#marked = marked;
    this.#configured = configured;
  }

  /** The store's name; undefined where none is known. */
  of(path: ByteString, isDirectory: boolean): string | undefined {
    if (isDirectory) {
      const inside = this.#marked.at(path) ?? this.#marked.below(path);
      if (inside !== undefined) return inside.store;
    }
    let kind: 'file' | 'directory' = isDirectory ? 'directory' : 'file';
    // A log by its name may still be what a program has to keep: an audit trail.
    let logPlace: string | undefined;
    for (let at = path; at !== '/'; at = parentPath(at)) {
      const entry = this.#claim(at, kind);
      if (entry !== undefined && LOG_PLACES.has(entry.id)) logPlace ??= entry.id;
      else if (entry !== undefined) return isStore(entry) ? entry.id : logPlace;
      const store = at === path ? undefined : (this.#marked.at(at) ?? this.#configured(at));
      if (store !== undefined) {
        const below = path.slice(at.length + 1);
        if (store.logs?.test(below) === true) return logPlace;
        if (isOf(store, below)) return store.store;
      }
      kind = 'directory';
    }
    return logPlace;
  }
}

/** A program may keep its store in a directory that holds other things. */
function isOf({ extent }: StoreEntry, below: string): boolean {
  return extent === undefined || extent.test(below.split('/', 1)[0]);
}

/** Somebody's data, or what only its program may change. */
function isStore({ class: kind }: CatalogueEntry): boolean {
  return kind === 'B' || kind === 'D' || kind === 'X';
}
