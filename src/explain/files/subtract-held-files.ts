/** Corrects what deleting a directory would give back: files that processes hold open free nothing while they run. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { OpenFiles } from '../../model/process.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { heldPath } from '../../system/processes/open-files.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';

/**
 * Takes held files off `freeableBytes` of the directories above them, and returns their paths. Files with several
 * links are left alone: the scan knew of them when it put their links together.
 */
export function subtractHeldFiles(tree: DirectoryTree, { files }: OpenFiles): Set<ByteString> {
  const paths = new Set<ByteString>();
  const directories = new Map<ByteString, number | undefined>();
  for (const file of files.values()) {
    if ((file.mode & FILE_TYPE.mask) !== FILE_TYPE.regular || file.links === 0 || file.diskBytes === 0)
      continue;
    const path = heldPath(file);
    if (path === undefined || !path.startsWith('/')) continue;
    const parent = parentPath(path);
    if (!directories.has(parent)) directories.set(parent, tree.find(parent) ?? tree.find(path));
    const directory = directories.get(parent);
    // The holder may live in another mount namespace, where the path leads elsewhere.
    if (directory === undefined || namedFile(path)?.id !== file.id) continue;
    paths.add(path);
    if (file.links === 1) subtract(tree, directory, file.diskBytes);
  }
  return paths;
}

/** Takes bytes off what deleting a directory, or one above it, gives back. */
export function subtract({ columns }: DirectoryTree, from: number, bytes: number): void {
  const { parent, freeableBytes } = columns;
  for (let id = from; ; id = parent[id]) {
    freeableBytes[id] = Math.max(0, freeableBytes[id] - bytes);
    if (id === ABOVE_ROOTS) return;
  }
}
