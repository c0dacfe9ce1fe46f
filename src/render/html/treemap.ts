/** Directories and large files as nested rectangles, areas by bytes. The one importer of d3-hierarchy. */
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { prunedTree } from '../../model/pruned-tree.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { TreeNode } from '../../model/tree-node.ts';
import { displayName } from '../terminal/escape.ts';

/** A rectangle of the page's data; short names, for there are thousands. */
export interface Cell {
  /** Index of the cell around it; -1 for the whole. */
  readonly p: number;
  /** Its name; the path for the whole. */
  readonly n: string;
  readonly bytes: number;
  /** Left, top, width and height, in parts of the whole. */
  readonly r: readonly [number, number, number, number];
  /** Days since it, or the newest in it, was written; -1 where that is not known. */
  readonly age: number;
  /** What it is used for. */
  readonly use: string;
  /** What deleting it would give back, in parts of it. */
  readonly free: number;
  /** Who owns it; absent where that is not known, or nobody asked. */
  readonly own?: string | undefined;
  /** By how much it has grown, in parts of what it is now; absent where that is not known. */
  readonly grew?: number | undefined;
}

/** What colours a cell beside its age and its parts. */
export interface CellFacts {
  readonly useOf: (path: ByteString) => string;
  readonly ownerOf?: ((path: ByteString) => ByteString | undefined) | undefined;
  /** Bytes. */
  readonly grownOf?: ((path: ByteString) => number | undefined) | undefined;
}

/** More say nothing and make the page heavy: what is smaller is the rest of its directory. */
const MOST_NODES = 3000;
const DAY = 86_400;
/** A rectangle of the shape of most screens. */
const SHAPE = { width: 16, height: 9 };

interface Part {
  readonly node: TreeNode | undefined;
  readonly of: TreeNode;
  readonly ownBytes: number;
  readonly children: readonly Part[];
}

/** Every cell after the one around it, the largest of its siblings first. */
export function treemapCells(
  root: TreeNode,
  { useOf, ownerOf, grownOf }: CellFacts,
  nowSeconds: number,
): Cell[] {
  const whole = hierarchy(
    partOf(prunedTree(root, MOST_NODES, ({ diskBytes }) => diskBytes)),
    ({ children }) => children,
  ).sum(({ ownBytes }) => ownBytes);
  const laidOut = treemap<Part>().tile(treemapSquarify).size([SHAPE.width, SHAPE.height])(whole);
  const indexes = new Map<unknown, number>();
  return laidOut.descendants().map((one, index) => {
    indexes.set(one, index);
    const { node, of } = one.data;
    const owner = node && ownerOf?.(node.path);
    const grown = node && grownOf?.(node.path);
    return {
      p: one.parent === null ? -1 : indexes.get(one.parent)!,
      n: node === undefined ? '(other files and small directories)' : displayName(node.name),
      bytes: one.value!,
      r: [
        part(one.x0 / SHAPE.width),
        part(one.y0 / SHAPE.height),
        part((one.x1 - one.x0) / SHAPE.width),
        part((one.y1 - one.y0) / SHAPE.height),
      ],
      age: ageOf(node, nowSeconds),
      use: useOf((node ?? of).path),
      free: node === undefined || node.diskBytes === 0 ? 0 : part(node.freeableBytes / node.diskBytes),
      own: owner && displayName(owner),
      grew: grown === undefined ? undefined : part(grown / Math.max(1, one.value!)),
    };
  });
}

/** A directory's own bytes and what was left out of it are a part like its children. */
function partOf(node: TreeNode): Part {
  const children = node.children.map(partOf);
  const below = node.children.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  const rest = Math.max(0, node.diskBytes - below);
  if (children.length === 0) return { node, of: node, ownBytes: node.diskBytes, children };
  const other: Part[] = rest > 0 ? [{ node: undefined, of: node, ownBytes: rest, children: [] }] : [];
  const all = [...children, ...other].toSorted((a, b) => bytesOf(b) - bytesOf(a));
  return { node, of: node, ownBytes: 0, children: all };
}

function bytesOf({ node, ownBytes }: Part): number {
  return node?.diskBytes ?? ownBytes;
}

function ageOf(node: TreeNode | undefined, nowSeconds: number): number {
  if (node === undefined || !Number.isFinite(node.modifiedAt)) return -1;
  return Math.max(0, Math.floor((nowSeconds - node.modifiedAt) / DAY));
}

/** Six digits are less than a pixel. */
function part(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
