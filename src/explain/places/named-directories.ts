/** Looks directories of a scanned tree up by name. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DirectoryTree } from '../../model/tree.ts';

/** Directories of this name below the roots, without making a string of every other name. */
export function directoriesNamed(tree: DirectoryTree, name: ByteString): number[] {
  const { count, names, nameStart, nameLength } = tree.columns;
  const found: number[] = [];
  const { length } = name;
  for (let directory = 1; directory < count; directory++) {
    if (nameLength[directory] !== length) continue;
    let same = 0;
    while (same < length && names[nameStart[directory] + same] === name.charCodeAt(same)) same++;
    if (same === length) found.push(directory);
  }
  return found;
}
