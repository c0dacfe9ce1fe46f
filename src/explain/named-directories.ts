/** Looks directories of a scanned tree up by name. */
import type { ByteString } from '../model/byte-string.ts';
import type { DirectoryTree } from '../model/tree.ts';

/** Directories of this name below the roots, without making a string of every other name. */
export function directoriesNamed(tree: DirectoryTree, name: ByteString): number[] {
  const { count, names, nameStart, nameLength } = tree.columns;
  const found: number[] = [];
  for (let directory = 1; directory < count; directory++) {
    if (nameLength[directory] !== name.length || names[nameStart[directory]] !== name.charCodeAt(0)) continue;
    if (tree.name(directory) === name) found.push(directory);
  }
  return found;
}
