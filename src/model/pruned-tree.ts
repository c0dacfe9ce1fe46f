/** A tree cut down to its largest nodes, each below its parent, for whoever has room for a few. */
import type { TreeNode } from './tree-node.ts';

/** At most `most` nodes of it, the root included; what is left out is in the rest of its directory. */
export function prunedTree(root: TreeNode, most: number, sizeOf: (node: TreeNode) => number): TreeNode {
  const kept = new Set<TreeNode>([root]);
  const open = [...root.children];
  while (kept.size < most && open.length > 0) {
    open.sort((a, b) => sizeOf(a) - sizeOf(b));
    const next = open.pop()!;
    kept.add(next);
    open.push(...next.children);
  }
  return pruned(root, kept);
}

function pruned(node: TreeNode, kept: ReadonlySet<TreeNode>): TreeNode {
  const children = node.children.filter((child) => kept.has(child)).map((child) => pruned(child, kept));
  const left = node.children.filter((child) => !kept.has(child));
  const rest = {
    directories: node.rest.directories + left.filter(({ type }) => type === 'directory').length,
    diskBytes: left.reduce((sum, { diskBytes }) => sum + diskBytes, node.rest.diskBytes),
    entries: left.reduce((sum, { entries }) => sum + entries, node.rest.entries),
  };
  return { ...node, children, rest };
}
