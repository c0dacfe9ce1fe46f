/** Files in a directory of the tree and below it, by name, for parts that are made of many files in dated directories. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { DirectoryTree } from '../../../model/tree.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';

/** Bounds the work, whatever lies there. */
const MOST_DIRECTORIES = 200;

export function filesBelow(
  tree: DirectoryTree,
  directory: number,
  isWanted: (name: ByteString) => boolean,
): DirectoryFile[] {
  const files: DirectoryFile[] = [];
  const waiting = [directory];
  for (let seen = 0; waiting.length > 0 && seen < MOST_DIRECTORIES; seen++) {
    const next = waiting.shift()!;
    files.push(...directoryFiles(tree.path(next)).filter(({ name }) => isWanted(name)));
    waiting.push(...tree.children(next));
  }
  return files;
}
