/** Tells the store that a directory is by what lies in it, wherever it is. */
import { anyNameTest, nameTest } from './glob.ts';
import type { StoreEntry } from './stores/store-entry.ts';
import { stores } from './stores/stores.ts';

/** What is asked of a directory; everything only when it is needed. */
export interface StoreLook {
  /** The names in it: the first few thousand are enough. */
  readonly names: readonly string[];
  /** Those of them that are directories, or links that may lead to one. */
  readonly directories: readonly string[];
  /** Names in a directory below it, by relative path. */
  readonly namesIn: (below: string) => ReadonlySet<string>;
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

/** Marks by what has to be there first of all, so that few are looked for in one directory. */
interface MarkIndex {
  /** By the name without which they are not there. */
  readonly named: ReadonlyMap<string, readonly Mark[]>;
  /** Those with patterns only. */
  readonly patterned: readonly Mark[];
  /** Whether a name is among those without which none of them is there; a directory's may be one more. */
  readonly mayBePatterned: (name: string) => boolean;
  readonly mayBePatternedDirectory: (name: string) => boolean;
  /** Those with something in a directory of any name. */
  readonly inAny: readonly Mark[];
  /** Whether a name is among those that such a directory has. */
  readonly mayBeInAny: (name: string) => boolean;
}

/** Made when the first directory is looked at: small trees have none that is worth it. */
let knownMarks: MarkIndex | undefined;

function markIndex(): MarkIndex {
  return (knownMarks ??= indexOf(marksOf(stores)));
}

function indexOf(marks: readonly Mark[]): MarkIndex {
  const named = marks.filter(({ wanted: [{ first }] }) => first.fits === undefined);
  const others = marks.filter(({ wanted: [{ first }] }) => first.fits !== undefined);
  const isInAny = ({ wanted: [{ first }] }: Mark): boolean => first.text === ANY;
  const patterned = others.filter((mark) => !isInAny(mark));
  const inAny = others.filter(isInAny);
  const firsts = (isDirectory: boolean): string[] =>
    patterned.flatMap(({ wanted: [{ first, below }] }) =>
      below.length > 0 === isDirectory ? [first.text] : [],
    );
  return {
    named: Map.groupBy(named, ({ wanted: [{ first }] }) => first.text),
    patterned,
    mayBePatterned: anyNameTest(firsts(false)),
    mayBePatternedDirectory: anyNameTest(firsts(true)),
    inAny,
    mayBeInAny: anyNameTest(inAny.map(({ wanted: [{ below }] }) => below[0].text)),
  };
}

/** The marks of which something is there, in the catalogue's order. */
function possibleMarks({ names, directories, namesIn }: StoreLook): Mark[] {
  const { named, patterned, mayBePatterned, mayBePatternedDirectory, inAny, mayBeInAny } = markIndex();
  const some = names.flatMap((name) => named.get(name) ?? []);
  if (names.some(mayBePatterned) || directories.some(mayBePatternedDirectory)) some.push(...patterned);
  const followed = directories.slice(0, MOST_FOLLOWED_BLINDLY);
  if (followed.some((name) => hasAny(namesIn(name), mayBeInAny))) some.push(...inAny);
  return some.toSorted((a, b) => a.order - b.order);
}

/** How many directories a glob in the middle of a mark is followed into; `*` says nothing of them, so few must do. */
const MOST_FOLLOWED = 40;
const MOST_FOLLOWED_BLINDLY = 3;

/** The store that a directory is; undefined where no mark is in it. */
export function markedStore(look: StoreLook): StoreEntry | undefined {
  if (look.names.length === 0) return undefined;
  const possible = possibleMarks(look);
  if (possible.length === 0) return undefined;
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
  if (below.length === 0) return first.fits ? hasAny(names, first.fits) : names.has(first.text);
  return foundIn(names, first).some((name) => isBelow(`${directory}/${name}`, below, look));
}

/** The names to be followed. */
function foundIn(names: ReadonlySet<string>, { text, fits }: Component): string[] {
  if (fits === undefined) return names.has(text) ? [text] : [];
  return [...names].filter(fits).slice(0, text === ANY ? MOST_FOLLOWED_BLINDLY : MOST_FOLLOWED);
}

function hasAny(names: ReadonlySet<string>, fits: (name: string) => boolean): boolean {
  for (const name of names) if (fits(name)) return true;
  return false;
}
