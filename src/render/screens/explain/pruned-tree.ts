/** A tree cut down to the few rows that a screen has left: the largest nodes, each below its parent. */
import type { TreeNode } from '../../../model/tree-node.ts';
import { sizeOf } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';

/** At most `most` nodes of it, the root included; what is left out is in the rest of its directory. */
export function prunedTree(root: TreeNode, most: number, screen: Screen): TreeNode {
  const kept = new Set<TreeNode>([root]);
  const open = [...root.children];
  while (kept.size < most && open.length > 0) {
    open.sort((a, b) => sizeOf(screen, a) - sizeOf(screen, b));
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
