/** A tree with bars: numbers in columns on the left, names on the right where they may be long. */
import { isCompressed } from '../../../model/btrfs-usage.ts';
import type { TreeNode } from '../../../model/tree-node.ts';
import { paddedBar } from '../../terminal/bar.ts';
import { displayName } from '../../terminal/escape.ts';
import { hasBars, sizeOf } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatAge, formatCount, formatShare, formatSize } from '../../terminal/size.ts';
import { cutMiddle, textWidth } from '../../terminal/text-width.ts';

const BAR = 12;
/** Columns a name gets however deep it lies. */
export const LEAST_NAME = 12;

/** A line before its columns are aligned. */
interface Row {
  readonly cells: readonly string[];
  readonly share: number;
  readonly branch: string;
  readonly name: string;
  /** What is left out, not a thing of its own. */
  readonly isRest: boolean;
}

export function treeLines(root: TreeNode, nowSeconds: number, screen: Screen): string[] {
  const rows: Row[] = [];
  const whole = sizeOf(screen, root);
  const bars = hasBars(screen);
  // Where there is room for it.
  const hasPacked = bars && root.compression?.some(isCompressed) === true;
  const add = (node: TreeNode, branch: string, indent: string): void => {
    const bytes = sizeOf(screen, node);
    rows.push({
      cells: [
        (node.complete ? '' : '≥') + formatSize(bytes, screen.sizes),
        formatShare(bytes, whole),
        node.type === 'directory' ? formatCount(node.entries) : '',
        formatAge(nowSeconds - node.modifiedAt),
        ...(hasPacked ? [packedShare(node)] : []),
      ],
      share: whole > 0 ? bytes / whole : 0,
      branch,
      isRest: false,
      name: displayName(node.name) + (node.type === 'directory' && !node.name.endsWith('/') ? '/' : ''),
    });
    const rest = restRow(node, whole, screen);
    for (const [index, child] of node.children.entries()) {
      const last = index === node.children.length - 1 && rest === undefined;
      add(child, indent + (last ? '└─ ' : '├─ '), indent + (last ? '   ' : '│  '));
    }
    if (rest) {
      const cells = hasPacked ? [...rest.cells, ''] : rest.cells;
      rows.push({ ...rest, cells, branch: `${indent}└─ ` });
    }
  };
  add(root, '', '');
  const heading = ['disk', 'share', 'entries', 'newest', ...(hasPacked ? ['packed'] : [])];
  if (screen.apparent) heading[0] = 'apparent';
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => textWidth(cells[column]))),
  );
  const aligned = (cells: readonly string[], bar: string): string =>
    cells
      .map((cell, column) => (column === 1 ? bar : '') + ' '.repeat(widths[column] - textWidth(cell)) + cell)
      .join('  ');
  const left = aligned(heading, bars ? ' '.repeat(BAR + 1) : '').length + 2;
  return [
    screen.style.dim(`${aligned(heading, bars ? ' '.repeat(BAR + 1) : '')}  ${screen.style.bold('TREE')}`),
    ...rows.map(({ cells, share, branch, name, isRest }) => {
      const room = screen.width - left;
      const visible = fitBranch(branch, room - LEAST_NAME);
      const fitting = cutMiddle(name, room - visible.length);
      const numbers = aligned(cells, bars ? `${paddedBar(share, BAR)} ` : '');
      return `${numbers}  ${screen.style.dim(visible)}${isRest ? screen.style.dim(fitting) : fitting}`;
    }),
  ];
}

/** What its contents take of the disk, of what they would take; nothing where none of them is compressed. */
function packedShare({ compression }: TreeNode): string {
  if (!compression?.some(isCompressed)) return '';
  const sum = (bytes: 'diskBytes' | 'uncompressedBytes'): number =>
    compression.reduce((total, kind) => total + kind[bytes], 0);
  return formatShare(sum('diskBytes'), sum('uncompressedBytes'));
}

/** The end of a branch where the whole would leave no room for a name. */
export function fitBranch(branch: string, room: number): string {
  if (branch.length <= room) return branch;
  return `…${branch.slice(branch.length - Math.max(0, room - 1))}`;
}

/** What is in a directory beside the children shown, where some are shown and the rest is worth a line. */
function restRow(node: TreeNode, whole: number, screen: Screen): Omit<Row, 'branch'> | undefined {
  const { directories, diskBytes, entries } = node.rest;
  if (node.children.length === 0 || entries === 0) return undefined;
  const bytes = screen.apparent
    ? Math.max(0, node.apparentBytes - node.children.reduce((sum, child) => sum + child.apparentBytes, 0))
    : diskBytes;
  const what = directories > 0 ? `${formatCount(directories)} more directories, and files` : 'other files';
  return {
    cells: [formatSize(bytes, screen.sizes), formatShare(bytes, whole), formatCount(entries), ''],
    share: whole > 0 ? bytes / whole : 0,
    name: `(${what})`,
    isRest: true,
  };
}
