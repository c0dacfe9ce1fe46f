/** Which entries claim a path: patterns indexed by their last component, so the common miss costs next to nothing. */
import type { CatalogueClass, CatalogueEntry } from './entry.ts';
import { pathTest } from './glob.ts';
import { isOwned, ownedDirectories } from './ownership.ts';
import type { Place } from './places.ts';
import { meetsRequirement, type NamesIn } from './recognise.ts';
import { TextIndex } from './text-index.ts';

/** What a path names, as far as the caller knows. */
export type PlaceKind = 'directory' | 'file';

export interface Matcher {
  /** Whether anything called `name` could be claimed, wherever it lies: spares most callers building the path. */
  mayClaim(name: string, kind: PlaceKind): boolean;
  /** Entries whose pattern fits `path`, most specific first; what they require around them is not yet checked. */
  claims(path: string, kind: PlaceKind): readonly CatalogueEntry[];
  /** The most specific entry that fits `path` and finds around it what it requires. `namesIn` is asked only then. */
  claim(path: string, kind: PlaceKind, namesIn: NamesIn): CatalogueEntry | undefined;
}

interface Candidate {
  readonly entry: CatalogueEntry;
  /** The answer where nobody else claims the path, made once. */
  readonly alone: readonly CatalogueEntry[];
  readonly rank: number;
  /** The plain text that the last component starts or ends with; all of it in `byName`. */
  readonly affix: string;
  /** Code of the second character of `affix`. */
  readonly second: number;
  readonly fits: (path: string) => boolean;
}

interface Index {
  readonly byName: TextIndex<Candidate[]>;
  /** Candidates whose last component is a glob, by the code of its first character, or else of its last. */
  readonly byFirst: (Candidate[] | undefined)[];
  readonly byLast: (Candidate[] | undefined)[];
  /** Candidates whose last component has no plain end; `affix` is the plain path that all they fit starts with. */
  readonly byRoot: Candidate[];
}

const SLASH = 47;
const NONE: readonly CatalogueEntry[] = Object.freeze([]);
/** Where two patterns are equally specific, the more careful class wins. */
const care: Readonly<Record<CatalogueClass, number>> = { A: 0, C: 1, B: 2, D: 3, X: 4 };

/**
 * Compiles `places` (see `placesOf`). Paths to ask about are absolute, have no slash at the end, and are encoded as
 * the places' homes and variables were. Patterns that hold anywhere make nothing deletable inside installed programs
 * or inside another known place. A miss takes one map look-up and allocates nothing that lives on.
 */
export function matcherOf(places: readonly Place[]): Matcher {
  const owned = ownedDirectories(places);
  const indexes = { directory: indexOf(places, 'directory', owned), file: indexOf(places, 'file', owned) };
  const claims = (path: string, kind: PlaceKind): readonly CatalogueEntry[] => lookUp(indexes[kind], path);
  return {
    mayClaim: (name, kind) => mayHold(indexes[kind], name),
    claims,
    claim: (path, kind, namesIn) =>
      claims(path, kind).find((entry) => meetsRequirement(entry, path, namesIn)),
  };
}

function indexOf(places: readonly Place[], kind: PlaceKind, owned: TextIndex<true>): Index {
  const index: Index = {
    byName: new TextIndex(),
    byFirst: codeTable(),
    byLast: codeTable(),
    byRoot: [],
  };
  for (const place of places) if ((place.entry.kind ?? 'directory') === kind) add(index, place, owned);
  return index;
}

const codeTable = (): undefined[] => Array.from({ length: 256 }, () => undefined);

function add(index: Index, { entry, floating, parts, root }: Place, owned: TextIndex<true>): void {
  const last = parts.at(-1);
  if (!last) return;
  const start = last.glob ? /^[^*?[]*/u.exec(last.text)![0] : last.text;
  const end = last.glob ? /[^*?\]]*$/u.exec(last.text)![0] : '';
  const rank = rankOf(entry, floating, parts);
  const matches = pathTest(parts, floating);
  // A warning (D, X) counts everywhere; a permission does not count inside what belongs to somebody else.
  const fits =
    floating && (entry.class === 'A' || entry.class === 'C')
      ? (path: string) => matches(path) && !isOwned(path, owned)
      : matches;
  const candidate = (affix: string): Candidate => {
    return {
      entry,
      alone: [entry],
      rank,
      affix,
      second: affix.charCodeAt(1),
      fits,
    };
  };
  if (!last.glob) {
    const list = index.byName.get(start, 0, start.length);
    if (list) list.push(candidate(start));
    else index.byName.set(start, [candidate(start)]);
  } else if (start !== '') {
    (index.byFirst[start.charCodeAt(0)] ??= []).push(candidate(start));
  } else if (end !== '') {
    (index.byLast[end.charCodeAt(end.length - 1)] ??= []).push(candidate(end));
  } else if (root !== '/') {
    index.byRoot.push(candidate(`${root}/`));
  } else {
    throw new Error(
      `${entry.id}: ${last.text} needs plain text at its start or end, or a plain directory before it`,
    );
  }
}

/** Anchored before floating, deep before shallow, much plain text before little, careful before careless. */
function rankOf(entry: CatalogueEntry, floating: boolean, parts: Place['parts']): number {
  let plainLength = 0;
  for (const { text, glob } of parts)
    plainLength += glob ? text.replaceAll(/[*?[\]]/gu, '').length : text.length;
  return (floating ? 0 : 1e7) + parts.length * 1e5 + Math.min(plainLength, 9999) * 10 + care[entry.class];
}

function mayHold({ byName, byFirst, byLast, byRoot }: Index, name: string): boolean {
  return (
    byName.get(name, 0, name.length) !== undefined ||
    byFirst[name.charCodeAt(0)]?.some((one) => name.startsWith(one.affix)) === true ||
    byLast[name.charCodeAt(name.length - 1)]?.some((one) => name.endsWith(one.affix)) === true ||
    byRoot.length > 0
  );
}

function lookUp({ byName, byFirst, byLast, byRoot }: Index, path: string): readonly CatalogueEntry[] {
  let start = path.length;
  while (start > 0 && path.charCodeAt(start - 1) !== SLASH) start--;
  let found: Candidate[] | undefined;
  const starting = byFirst[path.charCodeAt(start)];
  if (starting) {
    const second = path.charCodeAt(start + 1);
    for (const one of starting) {
      if (one.second !== second && one.affix.length > 1) continue;
      if (path.startsWith(one.affix, start) && one.fits(path)) (found ??= []).push(one);
    }
  }
  const ending = byLast[path.charCodeAt(path.length - 1)];
  if (ending) {
    for (const one of ending) if (path.endsWith(one.affix) && one.fits(path)) (found ??= []).push(one);
  }
  for (const one of byRoot) if (path.startsWith(one.affix) && one.fits(path)) (found ??= []).push(one);
  const named = byName.get(path, start, path.length);
  if (named) {
    for (const one of named) if (one.fits(path)) (found ??= []).push(one);
  }
  if (!found) return NONE;
  if (found.length === 1) return found[0].alone;
  return [...new Set(found.toSorted((a, b) => b.rank - a.rank).map(({ entry }) => entry))];
}
