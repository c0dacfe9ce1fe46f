/** By how much the shown directories and files of a tree have grown since a snapshot. */
import type { ByteString } from '../../model/byte-string.ts';
import type { TreeNode } from '../../model/tree-node.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { ReadSnapshot } from '../import/import.ts';

/** Bytes by path. What is not in it was not written down: a file that was small then, or was none. */
export function grownNodes(
  { scan: { tree, largestFiles } }: ReadSnapshot,
  root: TreeNode,
): ReadonlyMap<ByteString, number> {
  const files = new Map(largestFiles.map(({ path, diskBytes }) => [path, diskBytes]));
  const grown = new Map<ByteString, number>();
  const visit = (node: TreeNode, old: number | undefined): void => {
    const then = node.type === 'file' ? files.get(node.path) : bytesOf(tree, old);
    if (then !== undefined) grown.set(node.path, node.diskBytes - then);
    if (node.children.length === 0) return;
    const before = new Map<ByteString, number>();
    if (old !== undefined) for (const child of tree.children(old)) before.set(tree.name(child), child);
    for (const child of node.children) visit(child, before.get(child.name));
  };
  visit(root, tree.find(root.path));
  return grown;
}

/** Nothing of a directory that was not there. */
function bytesOf({ columns }: DirectoryTree, directory: number | undefined): number {
  return directory === undefined ? 0 : columns.diskBytes[directory];
}
