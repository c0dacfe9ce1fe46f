/** Looks directories of a scanned tree up by name. */
import type { ByteString } from '../../model/byte-string.ts';
import { isQuarantineName } from '../../model/quarantine-name.ts';
import type { DirectoryTree } from '../../model/tree.ts';

/** Paths of directories in which runs of diskwhy have set something aside. */
export function quarantinesIn(tree: DirectoryTree): ByteString[] {
  const { count, names, nameStart, nameLength } = tree.columns;
  const found: ByteString[] = [];
  for (let directory = 1; directory < count; directory++) {
    // Most names are told by their first byte.
    if (nameLength[directory] < LEAST_LENGTH || names[nameStart[directory]] !== DOT) continue;
    if (isQuarantineName(tree.name(directory))) found.push(tree.path(directory));
  }
  return found;
}

const DOT = 46;
const LEAST_LENGTH = '.diskwhy-quarantine-'.length;

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
