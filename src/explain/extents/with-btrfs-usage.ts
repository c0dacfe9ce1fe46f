/** Adds to a report what btrfs tells of its parts, where details are asked for: subvolumes, and compression by place. */
import type { ByteString } from '../../model/byte-string.ts';
import { isCompressed } from '../../model/btrfs-usage.ts';
import type { CompressionUsage } from '../../model/btrfs-usage.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Mount } from '../../model/mount.ts';
import type { TreeNode } from '../../model/tree-node.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readBtrfsUsage } from './btrfs-usage.ts';

type Parts = Pick<ExplainReport, 'filesystems' | 'roots' | 'findings'>;
type Compression = readonly CompressionUsage[];

/** Places beyond are not told of: each takes some ten system calls. */
const MOST_PLACES = 10_000;

/** @param mounts those that can be reached. */
export function withBtrfsUsage(parts: Parts, mounts: readonly Mount[]): Parts {
  let told = parts;
  for (const filesystem of parts.filesystems)
    if (filesystem.type === 'btrfs') told = withUsageOf(filesystem, told, mounts);
  return told;
}

function withUsageOf(filesystem: Filesystem, parts: Parts, mounts: readonly Mount[]): Parts {
  const device = mountOf(mounts, filesystem.mountPoint)?.device;
  const isOnIt = (path: ByteString): boolean => mountOf(mounts, path)?.device === device;
  const asked = new Map<object, readonly ByteString[]>();
  const ask = (node: object, paths: readonly ByteString[]): void => {
    if (asked.size < MOST_PLACES && paths.length > 0 && paths.every(isOnIt)) asked.set(node, paths);
  };
  for (const finding of parts.findings) if (finding.claimedBytes > 0) ask(finding, finding.paths);
  const open = parts.roots.map(({ tree }) => tree);
  // Grows while it is gone through: those above come first.
  for (const node of open) {
    ask(node, [node.path]);
    open.push(...node.children);
  }
  const told = readBtrfsUsage(filesystem.mountPoint, [...asked.values()]);
  const places = new Map<object, Compression>(
    told?.places && [...asked.keys()].map((node, index) => [node, told.places![index]] as const),
  );
  return {
    filesystems: parts.filesystems.map((one) => (one === filesystem ? { ...one, btrfs: told?.usage } : one)),
    findings: parts.findings.map((finding) => {
      const compression = places.get(finding);
      return compression?.some(isCompressed) ? { ...finding, compression } : finding;
    }),
    roots: parts.roots.map((root) => ({ ...root, tree: withCompression(root.tree, places) })),
  };
}

function withCompression(node: TreeNode, places: ReadonlyMap<object, Compression>): TreeNode {
  const compression = places.get(node);
  const children = node.children.map((child) => withCompression(child, places));
  return { ...node, ...(compression && { compression }), children };
}
