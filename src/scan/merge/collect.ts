/** Puts the threads' lists together: the largest files and the problems, with their paths. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Problem, Problems } from '../../model/problem.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { LargeFile, TallyResult } from '../tally/tally.ts';

/** The `most` files of the highest rank, each inode once under the first of its names. */
export function collectRanked(
  lists: readonly (readonly LargeFile[])[],
  tree: DirectoryTree,
  most: number,
): RankedFile[] {
  const files: LargeFile[] = [];
  const byInode = new Map<string, LargeFile[]>();
  for (const file of lists.flat()) {
    const names = file.inode === undefined ? undefined : byInode.get(file.inode);
    if (names) {
      names.push(file);
      continue;
    }
    if (file.inode !== undefined) byInode.set(file.inode, [file]);
    files.push(file);
  }
  return files
    .map((file) => new FoundFile(tree, file.inode === undefined ? [file] : byInode.get(file.inode)!))
    .toSorted((a, b) => b.rank - a.rank || compare(a.name, b.name) || compare(a.path, b.path))
    .slice(0, most);
}

/** A file under the smallest of its names. Most are only ever ranked: a path is put together when it is asked for. */
class FoundFile implements RankedFile {
  readonly rank: number;
  readonly directory: number;
  readonly name: ByteString;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly links: number;
  readonly modifiedAt: number;
  readonly #tree: DirectoryTree;
  #path: ByteString | undefined;

  /** @param found the same inode, as each thread met it. */
  constructor(tree: DirectoryTree, found: readonly LargeFile[]) {
    const [{ rank, blocks, apparentBytes, links, mtime }] = found;
    this.rank = rank;
    this.diskBytes = blocks * BLOCK_BYTES;
    this.apparentBytes = apparentBytes;
    this.links = links;
    this.modifiedAt = mtime;
    this.#tree = tree;
    let [directory, name] = [found[0].directory, found[0].name];
    const others = found.flatMap((file) => [[file.directory, file.name] as const, ...file.otherNames]);
    for (const [otherDirectory, otherName] of others.slice(1)) {
      if (compare(filePath(tree, otherDirectory, otherName), filePath(tree, directory, name)) < 0) {
        [directory, name] = [otherDirectory, otherName];
      }
    }
    this.directory = directory;
    this.name = name;
  }

  get path(): ByteString {
    return (this.#path ??= filePath(this.#tree, this.directory, this.name));
  }
}

/** All problems, by path. */
export function collectProblems(tallies: readonly TallyResult[], tree: DirectoryTree): Problems {
  const items = tallies.flatMap(({ problems }) =>
    problems.map(({ directory, name, operation, code }): Problem => {
      const path = tree.path(directory);
      return { path: name === undefined ? path : joinPath(path, name), operation, code };
    }),
  );
  return {
    count: tallies.reduce((sum, { problemCount }) => sum + problemCount, 0),
    items: items.toSorted((a, b) => compare(a.path, b.path)),
  };
}

/** A file that is itself a root stands in a row with its own path. */
function filePath(tree: DirectoryTree, directory: number, name: ByteString): ByteString {
  return tree.isFileRoot(directory) ? tree.path(directory) : joinPath(tree.path(directory), name);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
