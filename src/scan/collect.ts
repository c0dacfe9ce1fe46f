/** Puts the threads' lists together: the largest files and the problems, with their paths. */
import { joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Problem, Problems } from '../model/problem.ts';
import type { RankedFile } from '../model/scan-result.ts';
import { BLOCK_BYTES } from '../model/size.ts';
import type { DirectoryTree } from '../model/tree.ts';
import type { LargeFile } from './largest-files.ts';
import type { TallyResult } from './tally-rows.ts';

/** The `most` largest files, largest first, each inode once under the first of its names. */
export function collectLargest(
  tallies: readonly TallyResult[],
  tree: DirectoryTree,
  most: number,
): RankedFile[] {
  const files: { file: RankedFile; rank: number }[] = [];
  const byInode = new Map<string, LargeFile[]>();
  for (const { largest } of tallies) {
    for (const file of largest) {
      if (file.inode === undefined) files.push({ file: rankedFile(tree, [file]), rank: file.rank });
      else byInode.set(file.inode, [...(byInode.get(file.inode) ?? []), file]);
    }
  }
  for (const names of byInode.values()) files.push({ file: rankedFile(tree, names), rank: names[0].rank });
  return files
    .toSorted((a, b) => b.rank - a.rank || compare(a.file.path, b.file.path))
    .slice(0, most)
    .map(({ file }) => file);
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

/** The file under the smallest of its paths, so that the order of reading does not show. */
function rankedFile(tree: DirectoryTree, found: readonly LargeFile[]): RankedFile {
  const { blocks, apparentBytes, mtime, links } = found[0];
  const [first] = found
    .flatMap((file) => [[file.directory, file.name] as const, ...file.otherNames])
    .map(([directory, name]) => ({ directory, name, path: filePath(tree, directory, name) }))
    .toSorted((a, b) => compare(a.path, b.path));
  return { ...first, diskBytes: blocks * BLOCK_BYTES, apparentBytes, links, modifiedAt: mtime };
}

/** A file that is itself a root stands in a row with its own path. */
function filePath(tree: DirectoryTree, directory: number, name: ByteString): ByteString {
  return tree.isFileRoot(directory) ? tree.path(directory) : joinPath(tree.path(directory), name);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
