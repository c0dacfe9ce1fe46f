/** Finds the stores of known programs in a scanned tree: by marks in their content, by what programs are told, by place. */
import { stores } from '../../catalogue/catalogue.ts';
import type { CatalogueEntry, StoreEntry } from '../../catalogue/catalogue.ts';
import { joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { MarkedStores } from '../../remedies/remedies.ts';
import type { KnownPlace } from '../places/known-places.ts';

type FoundBy = 'mark' | 'process' | 'configuration' | 'place';

export interface FoundStore {
  readonly entry: StoreEntry;
  /** The data directory; the named path may lie in it. */
  readonly path: ByteString;
  /** Its index in the tree; that of the named path where that lies in the store. */
  readonly directory: number;
  readonly foundBy: FoundBy;
  /** The store below which it stands for itself: a container engine's volumes. */
  readonly host: FoundStore | undefined;
}

export interface StoreSearch {
  readonly scan: ScanResult;
  readonly places: readonly KnownPlace[];
  /** Visible ones. */
  readonly mounts: readonly Mount[];
  /** What programs are told, by path. */
  readonly configured: ReadonlyMap<
    ByteString,
    { readonly entry: StoreEntry; readonly foundBy: 'process' | 'configuration' }
  >;
  /** Smaller ones are passed over. */
  readonly leastBytes: number;
}

/** Outer ones before those they host. */
export function findStores(search: StoreSearch): FoundStore[] {
  const finder = new StoreFinder(search);
  for (const { directory, path, isDirectory } of search.scan.roots)
    if (isDirectory) finder.root(directory, path);
  return finder.found;
}

const rowOfPlace = new Map(stores.flatMap((entry) => (entry.places ?? []).map((id) => [id, entry] as const)));

/** The store that a place of the catalogue is; undefined where it is none of a program's. */
export function storeOfPlace({ id }: CatalogueEntry): StoreEntry | undefined {
  return rowOfPlace.get(id);
}

class StoreFinder {
  readonly found: FoundStore[] = [];
  readonly #tree: DirectoryTree;
  readonly #search: StoreSearch;
  readonly #marked: MarkedStores;
  readonly #placeAt: ReadonlyMap<number, KnownPlace>;

  constructor(search: StoreSearch) {
    this.#search = search;
    this.#tree = search.scan.tree;
    this.#marked = new MarkedStores(search.mounts);
    this.#placeAt = new Map(
      search.places.flatMap((place) => (place.file === undefined ? [[place.directory, place]] : [])),
    );
  }

  root(directory: number, path: ByteString): void {
    const around = this.#storeAround(path);
    if (around === undefined) this.#visit(directory, path, undefined);
    else if (this.#isLarge(directory)) this.found.push({ ...around, directory, host: undefined });
  }

  /** The store that a named path lies in. */
  #storeAround(path: ByteString): Pick<FoundStore, 'entry' | 'path' | 'foundBy'> | undefined {
    if (this.#marked.at(path) !== undefined) return undefined;
    for (let at = path; at !== '/';) {
      at = parentPath(at);
      if (at === '/') return undefined;
      const entry = this.#marked.at(at) ?? this.#search.configured.get(at)?.entry;
      if (entry === undefined) continue;
      const below = path.slice(at.length + 1);
      const isHosted = entry.hosts?.some((host) => below === host || below.startsWith(`${host}/`)) === true;
      const isPart = entry.extent === undefined || entry.extent.test(below.split('/', 1)[0]);
      if (isHosted || !isPart || entry.logs?.test(below) === true) return undefined;
      return {
        entry,
        path: at,
        foundBy: this.#marked.at(at) ? 'mark' : this.#search.configured.get(at)!.foundBy,
      };
    }
    return undefined;
  }

  #isLarge(directory: number): boolean {
    return this.#tree.columns.diskBytes[directory] >= this.#search.leastBytes;
  }

  #visit(directory: number, path: ByteString, host: FoundStore | undefined): void {
    if (!this.#isLarge(directory)) return;
    const store = this.#storeAt(directory, path, host);
    if (store === undefined) {
      this.#visitChildren(directory, path, host);
      return;
    }
    this.found.push(store);
    const { hosts, extent } = store.entry;
    for (const place of hosts ?? []) this.#visitHosted(store, place);
    if (extent !== undefined) this.#visitChildren(directory, path, host, (name) => !extent.test(name));
  }

  #visitChildren(
    directory: number,
    path: ByteString,
    host: FoundStore | undefined,
    isWanted: (name: ByteString) => boolean = () => true,
  ): void {
    for (const child of this.#tree.children(directory)) {
      if (!this.#isLarge(child)) continue;
      const name = this.#tree.name(child);
      if (isWanted(name)) this.#visit(child, joinPath(path, name), host);
    }
  }

  #visitHosted(store: FoundStore, place: string): void {
    const path = joinPath(store.path, place as ByteString);
    const directory = this.#tree.find(path);
    if (directory !== undefined) this.#visitChildren(directory, path, store);
  }

  #storeAt(directory: number, path: ByteString, host: FoundStore | undefined): FoundStore | undefined {
    const found = { path, directory, host };
    const marked = this.#marked.at(path);
    const place = this.#placeAt.get(directory);
    const row = place && storeOfPlace(place.entry);
    if (row !== undefined)
      return { ...found, entry: row, foundBy: marked?.store === row.store ? 'mark' : 'place' };
    // A cache that the catalogue knows has rules of its own.
    if (place !== undefined && 'ABC'.includes(place.entry.class)) return undefined;
    if (marked !== undefined) return { ...found, entry: marked, foundBy: 'mark' };
    const configured = this.#search.configured.get(path);
    return configured && { ...found, ...configured };
  }
}
