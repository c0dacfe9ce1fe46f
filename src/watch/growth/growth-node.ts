/** A directory below which something grows, with what all of it amounts to. */
import type { ByteString } from '../../model/byte-string.ts';
import { Rate } from './rate.ts';
import type { TreeGrowth } from './tree-growth.ts';

export interface GrowthNode {
  readonly path: ByteString;
  readonly parent: GrowthNode | undefined;
  readonly children: Set<GrowthNode>;
  readonly rate: Rate;
  /** Of slow growth below it: bytes and new files a second, and how many members. */
  bytesPerSecond: number;
  filesPerSecond: number;
  members: number;
  total: number;
  files: number;
  grewAt: number;
  tree: TreeGrowth | undefined;
}

/** @param at seconds since 1970: nothing had grown below it until then. */
export function growthNode(path: ByteString, parent: GrowthNode | undefined, at: number): GrowthNode {
  const rate = new Rate();
  rate.add(at, 0);
  const node: GrowthNode = {
    path,
    parent,
    children: new Set(),
    rate,
    bytesPerSecond: 0,
    filesPerSecond: 0,
    members: 0,
    total: 0,
    files: 0,
    grewAt: -Infinity,
    tree: undefined,
  };
  parent?.children.add(node);
  return node;
}
