/** Tells the store that a directory is by what lies in it, wherever it is. */
import { nameTest } from './glob.ts';
import type { StoreEntry } from './stores/store-entry.ts';
import { stores } from './stores/stores.ts';

/** What is asked of a directory; everything only when it is needed. */
export interface StoreLook {
  /** The names in it: the first few thousand are enough. */
  readonly names: readonly string[];
  /** Those of them that are directories, or links that may lead to one. */
  readonly directories: readonly string[];
  /** Names in a directory below it, by relative path. */
  readonly namesIn: (below: string) => readonly string[];
  /** The first bytes of a file in it; undefined where they cannot be read. */
  readonly startOf: (name: string) => string | undefined;
}

/** One component of a name in a mark: plain text, or a pattern. */
interface Component {
  readonly text: string;
  /** Undefined where the text is the name. */
  readonly fits: ((name: string) => boolean) | undefined;
}

interface Wanted {
  readonly first: Component;
  readonly below: readonly Component[];
  readonly begins: RegExp | undefined;
}

interface Mark {
  readonly entry: StoreEntry;
  /** Its place in the catalogue: the first that fits counts. */
  readonly order: number;
  /** Those with plain text first: most directories fail there. */
  readonly wanted: readonly Wanted[];
}

const GLOB = /[*?[]/u;
const ANY = '*';

function marksOf(entries: readonly StoreEntry[]): Mark[] {
  return entries
    .flatMap((entry) => entry.marks.map((mark) => ({ entry, names: mark.split(' ') })))
    .map(({ entry, names }, order) => ({
      entry,
      order,
      wanted: names
        .map((name): Wanted => {
          const [first, ...below] = name.split('/').map(componentOf);
          return { first, below, begins: entry.begins?.[name] };
        })
        .toSorted((a, b) => Number(a.first.fits !== undefined) - Number(b.first.fits !== undefined)),
    }));
}

function componentOf(text: string): Component {
  return { text, fits: GLOB.test(text) ? nameTest(text) : undefined };
}

/** Marks by the name without which they are not there; under undefined those that begin with a pattern. */
type MarkIndex = ReadonlyMap<string | undefined, readonly Mark[]>;

/** Made when the first directory is looked at: small trees have none that is worth it. */
let knownMarks: MarkIndex | undefined;

function markIndex(): MarkIndex {
  return (knownMarks ??= Map.groupBy(marksOf(stores), ({ wanted: [{ first }] }) =>
    first.fits ? undefined : first.text,
  ));
}

/** How many directories a glob in the middle of a mark is followed into; `*` says nothing of them, so few must do. */
const MOST_FOLLOWED = 40;
const MOST_FOLLOWED_BLINDLY = 3;

/** The store that a directory is; undefined where no mark is in it. */
export function markedStore(look: StoreLook): StoreEntry | undefined {
  if (look.names.length === 0) return undefined;
  const marks = markIndex();
  const possible = [undefined, ...look.names]
    .flatMap((name) => marks.get(name) ?? [])
    .toSorted((a, b) => a.order - b.order);
  const names = { all: new Set(look.names), directories: new Set(look.directories) };
  return possible.find(({ wanted }) => wanted.every((one) => isThere(one, names, look)))?.entry;
}

function isThere(
  { first, below, begins }: Wanted,
  { all, directories }: Readonly<Record<'all' | 'directories', ReadonlySet<string>>>,
  look: StoreLook,
): boolean {
  if (below.length > 0) return foundIn(directories, first).some((name) => isBelow(name, below, look));
  const found = first.fits ? look.names.find(first.fits) : all.has(first.text) ? first.text : undefined;
  return found !== undefined && (begins === undefined || begins.test(look.startOf(found) ?? ''));
}

function isBelow(directory: string, [first, ...below]: readonly Component[], look: StoreLook): boolean {
  const names = look.namesIn(directory);
  if (below.length === 0) return names.some(first.fits ?? ((name) => name === first.text));
  return foundIn(names, first).some((name) => isBelow(`${directory}/${name}`, below, look));
}

/** The names to be followed. */
function foundIn(names: ReadonlySet<string> | readonly string[], { text, fits }: Component): string[] {
  const most = text === ANY ? MOST_FOLLOWED_BLINDLY : MOST_FOLLOWED;
  return [...names].filter(fits ?? ((name) => name === text)).slice(0, most);
}
