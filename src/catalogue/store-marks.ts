/** Tells the store that a directory is by what lies in it, wherever it is. */
import { nameTest } from './glob.ts';
import type { StoreEntry } from './stores/store-entry.ts';
import { stores } from './stores/stores.ts';

/** What is asked of a directory; everything only when it is needed. */
export interface StoreLook {
  /** The names in it: the first few thousand are enough. */
  readonly names: readonly string[];
  /** Those of them that are directories. */
  readonly directories: readonly string[];
  /** Names in a directory below it, by relative path. */
  readonly namesIn: (below: string) => readonly string[];
  /** The first bytes of a file in it; undefined where they cannot be read. */
  readonly startOf: (name: string) => string | undefined;
}

interface Wanted {
  /** The components of one name of a mark. */
  readonly parts: readonly string[];
  readonly begins: RegExp | undefined;
}

interface Mark {
  readonly entry: StoreEntry;
  /** Those with plain text first: most directories fail there. */
  readonly wanted: readonly Wanted[];
}

const GLOB = /[*?[]/u;

const marks: readonly Mark[] = stores.flatMap((entry) =>
  entry.marks.map((mark) => ({
    entry,
    wanted: mark
      .split(' ')
      .map((name) => ({ parts: name.split('/'), begins: entry.begins?.[name] }))
      .toSorted((a, b) => Number(GLOB.test(a.parts[0])) - Number(GLOB.test(b.parts[0]))),
  })),
);

/** How many directories a glob in the middle of a mark is followed into; `*` says nothing of them, so few must do. */
const MOST_FOLLOWED = 40;
const MOST_FOLLOWED_BLINDLY = 3;

/** The store that a directory is; undefined where no mark is in it. */
export function markedStore(look: StoreLook): StoreEntry | undefined {
  const names = new Set(look.names);
  if (names.size === 0) return undefined;
  return marks.find(({ wanted }) => wanted.every((one) => isThere(one, names, look)))?.entry;
}

function isThere({ parts, begins }: Wanted, names: ReadonlySet<string>, look: StoreLook): boolean {
  const [first, ...below] = parts;
  if (first === '*' && below.length > 0)
    return look.directories
      .slice(0, MOST_FOLLOWED_BLINDLY)
      .some((directory) => isBelow(directory, below, look));
  const found = GLOB.test(first) ? matching(first, names) : names.has(first) ? [first] : [];
  if (below.length === 0)
    return found.length > 0 && (begins === undefined || begins.test(look.startOf(found[0]) ?? ''));
  return found.slice(0, MOST_FOLLOWED).some((name) => isBelow(name, below, look));
}

function isBelow(directory: string, [first, ...below]: readonly string[], look: StoreLook): boolean {
  const found = matching(first, look.namesIn(directory));
  if (below.length === 0) return found.length > 0;
  const most = first === '*' ? MOST_FOLLOWED_BLINDLY : MOST_FOLLOWED;
  return found.slice(0, most).some((name) => isBelow(`${directory}/${name}`, below, look));
}

const tests = new Map<string, (name: string) => boolean>();

function matching(glob: string, names: Iterable<string>): string[] {
  let test = tests.get(glob);
  if (test === undefined) {
    test = nameTest(glob);
    tests.set(glob, test);
  }
  return [...names].filter(test);
}
