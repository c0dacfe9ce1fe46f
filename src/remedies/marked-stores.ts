/** Looks at directories for the marks of stores, each once: one is made per look at the machine. */
import { markedStore } from '../catalogue/catalogue.ts';
import type { StoreEntry } from '../catalogue/catalogue.ts';
import { fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { sampleDirectory, sampleNames } from '../system/directories/directory-names.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { readFileStart } from '../system/files/file-start.ts';

/** A store's marks are among the first names: none has more than some hundred beside them. */
const MOST_NAMES = 4000;
/** Enough of a configuration file or a format's first bytes. */
const START_BYTES = 2048;

export class MarkedStores {
  readonly #known = new Map<ByteString, StoreEntry | undefined>();
  /** Another filesystem is no part of a store's directory, and may not answer. */
  readonly #mounted = new Set(readMounts().map(({ mountPoint }) => mountPoint));

  /** The store that a directory is by what lies in it; undefined where nothing tells one, or it cannot be read. */
  at(directory: ByteString): StoreEntry | undefined {
    if (this.#known.has(directory)) return this.#known.get(directory);
    const entry = look(directory, this.#mounted);
    this.#known.set(directory, entry);
    return entry;
  }
}

function look(directory: ByteString, mounted: ReadonlySet<ByteString>): StoreEntry | undefined {
  const { names, directories } = sampleDirectory(directory, MOST_NAMES);
  const below = new Map<string, readonly string[]>();
  return markedStore({
    names,
    directories,
    namesIn: (path) => {
      let found = below.get(path);
      if (found === undefined) {
        const place = joinPath(directory, path as ByteString);
        found = mounted.has(place) ? [] : sampleNames(place, MOST_NAMES);
        below.set(path, found);
      }
      return found;
    },
    startOf: (name) => readFileStart(joinPath(directory, fromText(name)), START_BYTES),
  });
}
