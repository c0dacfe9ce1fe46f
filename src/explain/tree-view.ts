/** Picks the part of a scanned tree that is worth showing. */
import type { ByteString } from '../model/byte-string.ts';
import type { RankedFile, ScanResult } from '../model/scan-result.ts';
import type { TreeNode } from '../model/tree-node.ts';

export interface TreeLimits {
  /** Levels below the root. */
  readonly depth: number;
  /** Children per directory; Infinity for all. */
  readonly top: number;
  /** Smaller ones are left out. */
  readonly minBytes: number;
  /** Rank and limit by apparent size instead of bytes on disk. */
  readonly byApparent: boolean;
}

/**
 * The tree below directory `root` of a scan's result. Large files are children like directories.
 * @param staying bytes of files that deleting them does not free: processes hold them, or others have them as well.
 */
export function treeView(
  scan: ScanResult,
  root: number,
  limits: TreeLimits,
  staying: ReadonlyMap<ByteString, number>,
): TreeNode {
  const files = new Map<number, RankedFile[]>();
  for (const file of scan.largestFiles) {
    const siblings = files.get(file.directory);
    if (siblings) siblings.push(file);
    else files.set(file.directory, [file]);
  }
  return directoryNode({ scan, files, limits, staying }, root, limits.depth);
}

/** What every node is made from. */
interface View {
  readonly scan: ScanResult;
  readonly files: ReadonlyMap<number, readonly RankedFile[]>;
  readonly limits: TreeLimits;
  readonly staying: ReadonlyMap<ByteString, number>;
}

function directoryNode(view: View, directory: number, depth: number): TreeNode {
  const { scan, files, limits } = view;
  const { tree } = scan;
  const { columns } = tree;
  const size = limits.byApparent ? columns.apparentBytes : columns.diskBytes;
  const subdirectories = [...tree.children(directory)];
  const children: TreeNode[] = [];
  if (depth > 0 && !tree.isFileRoot(directory)) {
    const ranked = [
      ...subdirectories.map((id) => ({ id, file: undefined, bytes: size[id] })),
      ...(files.get(directory) ?? []).map((file) => ({
        id: 0,
        file,
        bytes: limits.byApparent ? file.apparentBytes : file.diskBytes,
      })),
    ]
      .filter(({ bytes }) => bytes >= limits.minBytes)
      .toSorted((a, b) => b.bytes - a.bytes || a.id - b.id)
      .slice(0, limits.top);
    for (const { id, file } of ranked) {
      children.push(file ? fileNode(file, view) : directoryNode(view, id, depth - 1));
    }
  }
  const shownDirectories = children.filter(({ type }) => type === 'directory').length;
  return {
    path: tree.path(directory),
    name: tree.name(directory),
    type: tree.isFileRoot(directory) ? 'file' : 'directory',
    diskBytes: columns.diskBytes[directory],
    apparentBytes: columns.apparentBytes[directory],
    freeableBytes: columns.freeableBytes[directory],
    entries: columns.entries[directory],
    modifiedAt: columns.newest[directory],
    complete: columns.incomplete[directory] === 0,
    children,
    rest: {
      directories: subdirectories.length - shownDirectories,
      // Siblings that share hard links add up to more than their parent.
      diskBytes: Math.max(0, columns.diskBytes[directory] - sum(children, 'diskBytes')),
      entries: Math.max(0, columns.entries[directory] - 1 - sum(children, 'entries')),
    },
  };
}

function fileNode(file: RankedFile, { staying }: View): TreeNode {
  return {
    path: file.path,
    name: file.name,
    type: 'file',
    diskBytes: file.diskBytes,
    apparentBytes: file.apparentBytes,
    freeableBytes: file.links === 1 ? Math.max(0, file.diskBytes - (staying.get(file.path) ?? 0)) : 0,
    entries: 1,
    modifiedAt: file.modifiedAt,
    complete: true,
    children: [],
    rest: { directories: 0, diskBytes: 0, entries: 0 },
  };
}

function sum(nodes: readonly TreeNode[], column: 'diskBytes' | 'entries'): number {
  return nodes.reduce((total, node) => total + node[column], 0);
}
