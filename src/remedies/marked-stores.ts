/** Looks at directories for the marks of stores, each once: one is made per look at the machine. */
import { markedStore } from '../catalogue/catalogue.ts';
import type { StoreEntry } from '../catalogue/catalogue.ts';
import { fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Mount } from '../model/mount.ts';
import { sampleDirectory } from '../system/directories/sampled-directory.ts';
import { networkMountPoints } from '../system/mounts/mounts.ts';
import { readFileStart } from '../system/files/file-start.ts';

/** A store's marks are among the first names: none has more than some hundred beside them. */
const MOST_NAMES = 4000;
/** Enough of a configuration file or a format's first bytes. */
const START_BYTES = 2048;
/** Directories below one that is to go as a whole. */
const MOST_CHILDREN = 200;
/** Looks at directories that are kept for when it is their turn. */
const MOST_KEPT = 256;

/** What lies in a directory: names, and those of them that lead to a directory, or may. */
interface Sample {
  readonly names: readonly ByteString[];
  readonly directories: readonly ByteString[];
  readonly all: ReadonlySet<string>;
}

const NOTHING: Sample = { names: [], directories: [], all: new Set() };

export class MarkedStores {
  readonly #known = new Map<ByteString, StoreEntry | undefined>();
  readonly #away: ReadonlySet<ByteString>;
  /** Directories that were looked into for the sake of the one above, the earliest first: they come next. */
  readonly #kept = new Map<ByteString, Sample>();

  /** @param mounts visible ones: below a directory no network filesystem is looked into, as it may never answer. */
  constructor(mounts: readonly Mount[]) {
    this.#away = networkMountPoints(mounts);
  }

  /** The store that a directory is by what lies in it; undefined where nothing tells one, or it cannot be read. */
  at(directory: ByteString): StoreEntry | undefined {
    if (this.#known.has(directory)) return this.#known.get(directory);
    const entry = this.#look(directory);
    this.#known.set(directory, entry);
    return entry;
  }

  /** A store right below a directory. */
  below(directory: ByteString): StoreEntry | undefined {
    if (this.#away.has(directory)) return undefined;
    for (const name of sampleDirectory(directory, MOST_CHILDREN).names) {
      const path = joinPath(directory, name);
      const store = this.#away.has(path) ? undefined : this.at(path);
      if (store !== undefined) return store;
    }
    return undefined;
  }

  #look(directory: ByteString): StoreEntry | undefined {
    const { names, directories } = this.#sample(directory);
    return markedStore({
      names,
      directories,
      namesIn: (below) => {
        const path = joinPath(directory, below as ByteString);
        return (this.#away.has(path) ? NOTHING : this.#sample(path)).all;
      },
      startOf: (name) => readFileStart(joinPath(directory, fromText(name)), START_BYTES),
    });
  }

  #sample(directory: ByteString): Sample {
    const known = this.#kept.get(directory);
    if (known) return known;
    const { names, directories, links } = sampleDirectory(directory, MOST_NAMES);
    const sample = { names, directories: [...directories, ...links], all: new Set(names) };
    this.#kept.set(directory, sample);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return sample;
  }
}
