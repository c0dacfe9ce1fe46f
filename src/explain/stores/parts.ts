/** What lies in a store, part by part: directories by the patterns of its row, and what is left of it. */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PartKind, StorePart } from '../../model/findings/store.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { FoundStore } from './found-store.ts';

/** A part of which nothing but its size is known. */
export function part(
  kind: PartKind,
  name: ByteString | undefined,
  diskBytes: number,
  more: Partial<StorePart> = {},
): StorePart {
  return {
    kind,
    name,
    diskBytes,
    count: undefined,
    oldestAt: undefined,
    newestAt: undefined,
    givesBackBytes: undefined,
    neededBy: undefined,
    ...more,
  };
}

type PartFile = Pick<DirectoryFile, 'diskBytes' | 'modifiedAt'>;

/** Files of one kind as one part. */
export function filesPart(
  kind: PartKind,
  name: ByteString | undefined,
  files: readonly PartFile[],
  more: Partial<StorePart> = {},
): StorePart {
  const times = files.map(({ modifiedAt }) => modifiedAt);
  return part(kind, name, bytesOf(files), {
    count: files.length,
    ...(files.length === 0 ? {} : { oldestAt: Math.min(...times), newestAt: Math.max(...times) }),
    ...more,
  });
}

export function bytesOf(files: readonly PartFile[]): number {
  return files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

/** A directory of the tree as a part. */
export function directoryPart(
  kind: PartKind,
  name: ByteString | undefined,
  directory: number,
  tree: DirectoryTree,
  more: Partial<StorePart> = {},
): StorePart {
  const { diskBytes, newest } = tree.columns;
  return part(kind, name, diskBytes[directory], { newestAt: newest[directory], ...more });
}

export interface Matched {
  readonly directory: number;
  /** The path from the pattern's first glob on; the last component where it has none. */
  readonly name: ByteString;
}

/**
 * Directories below `from` that fit a relative pattern (`*` in its components; one that starts with a dot only where the
 * pattern does).
 */
export function directoriesAt(tree: DirectoryTree, from: number, pattern: string): Matched[] {
  const parts = pattern.split('/');
  const firstGlob = parts.findIndex((one) => one.includes('*'));
  let found: { directory: number; names: ByteString[] }[] = [{ directory: from, names: [] }];
  for (const [index, one] of parts.entries()) {
    const fits = componentTest(one);
    found = found.flatMap(({ directory, names }) =>
      [...tree.children(directory)].flatMap((child) => {
        const name = tree.name(child);
        if (!fits(name)) return [];
        return [
          {
            directory: child,
            names: index >= firstGlob || index === parts.length - 1 ? [...names, name] : names,
          },
        ];
      }),
    );
  }
  return found.map(({ directory, names }) => ({ directory, name: fromPath(names) }));
}

function fromPath(names: readonly ByteString[]): ByteString {
  return names.slice(1).reduce((path, name) => joinPath(path, name), names[0] ?? ('' as ByteString));
}

const tests = new Map<string, (name: string) => boolean>();

function componentTest(glob: string): (name: string) => boolean {
  let test = tests.get(glob);
  if (test === undefined) {
    const source = glob
      .replaceAll(/[.+^${}()|\\]/gu, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const pattern = new RegExp(`^${source}$`, 'su');
    test = /[*?[]/u.test(glob)
      ? (name) => pattern.test(name) && (glob.startsWith('.') || !name.startsWith('.'))
      : (name) => name === glob;
    tests.set(glob, test);
  }
  return test;
}

/**
 * Parts by the row's patterns, then what they leave: directories of their own, and files directly in it.
 * @param unfinished leftovers of its program (see `leftoversIn`): a part of their own, taken off the others.
 */
export function partsByPattern(
  { entry, directory, path }: FoundStore,
  tree: DirectoryTree,
  unfinished: readonly RankedFile[] = [],
): StorePart[] {
  const taken = new Set<number>();
  const parts: StorePart[] = [];
  for (const [kind, pattern] of entry.parts ?? []) {
    for (const matched of directoriesAt(tree, directory, pattern)) {
      if (isTaken(matched.directory, directory, taken, tree)) continue;
      taken.add(matched.directory);
      const { entries } = tree.columns;
      const count = kind === 'queue' ? Math.max(0, entries[matched.directory] - 1) : undefined;
      const diskBytes =
        tree.columns.diskBytes[matched.directory] - bytesBelow(tree.path(matched.directory), unfinished);
      parts.push(directoryPart(kind, matched.name, matched.directory, tree, { count, diskBytes }));
    }
  }
  return [...leftoverParts(unfinished), ...parts, ...rest(directory, path, taken, tree, unfinished)];
}

/** Files of a store that its program was to finish or to remove, as far as the scan ranked them. */
export function leftoversIn({ entry, path }: FoundStore, files: readonly RankedFile[]): RankedFile[] {
  const { leftovers } = entry;
  if (leftovers === undefined) return [];
  return files.filter(
    (file) => isInside(file.path, path) && leftovers.test(file.path.slice(path.length + 1)),
  );
}

function leftoverParts(unfinished: readonly RankedFile[]): StorePart[] {
  return unfinished.length === 0 ? [] : [filesPart('garbage', undefined, unfinished)];
}

function bytesBelow(directory: ByteString, files: readonly RankedFile[]): number {
  return bytesOf(files.filter((file) => isInside(file.path, directory)));
}

/** Whether it, or one above it in the store, is a part already; one that has parts in it would be counted twice. */
function isTaken(directory: number, store: number, taken: ReadonlySet<number>, tree: DirectoryTree): boolean {
  const { parent } = tree.columns;
  for (let at = directory; at !== store; at = parent[at]) if (taken.has(at)) return true;
  return [...taken].some((one) => isBelow(one, directory, tree));
}

function isBelow(directory: number, above: number, tree: DirectoryTree): boolean {
  const { parent } = tree.columns;
  for (let at = directory; at >= above; at = parent[at]) if (at === above) return true;
  return false;
}

function rest(
  directory: number,
  path: ByteString,
  taken: ReadonlySet<number>,
  tree: DirectoryTree,
  unfinished: readonly RankedFile[],
): StorePart[] {
  const { diskBytes } = tree.columns;
  const children = [...tree.children(directory)].filter(
    (child) => !taken.has(child) && ![...taken].some((one) => isBelow(one, child, tree)),
  );
  const below = [...tree.children(directory)].reduce((sum, child) => sum + diskBytes[child], 0);
  const direct = diskBytes[directory] - below;
  const all = direct >= diskBytes[directory] * LEAST_SHARE ? directoryFiles(path) : [];
  const files = all.filter((file) => unfinished.every((one) => one.path !== file.path));
  return [
    ...children.map((child) =>
      directoryPart('directory', tree.name(child), child, tree, {
        diskBytes: diskBytes[child] - bytesBelow(tree.path(child), unfinished),
      }),
    ),
    ...(files.length === 0 ? [] : [filesPart('content', undefined, files)]),
  ];
}

const LEAST_SHARE = 0.02;

/** The largest first, small change left out; a person reads a few. */
export function worthwhile(parts: readonly StorePart[]): StorePart[] {
  const all = parts.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  return parts
    .filter(
      ({ diskBytes, givesBackBytes = 0 }) =>
        diskBytes > 0 && (diskBytes >= all * LEAST_PART || givesBackBytes > 0),
    )
    .toSorted((a, b) => b.diskBytes - a.diskBytes)
    .slice(0, MOST_PARTS);
}

const LEAST_PART = 0.005;
const MOST_PARTS = 50;
