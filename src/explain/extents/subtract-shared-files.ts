/** Corrects what deleting gives back where large files share extents (snapshots, copies by reference) or are compressed. */
import { isInside } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import type { Mount } from '../../model/mount.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { heldExtents } from '../../system/files/extents.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { CompressionSavings } from './compression-savings.ts';
import { sharedGroups } from './shared-groups.ts';
import type { SharedGroup, SharingFile } from './shared-groups.ts';
import { subtract } from '../files/subtract-held-files.ts';

/** Filesystems whose files can share extents. */
const SHARING = /^(?:btrfs|xfs|bcachefs)$/u;
const LEAST_BYTES = 2 ** 20;
/** A report waits no longer for it. */
const MOST_MS = 150;

/** What large files show and do not give back. */
export interface SharedFiles {
  /** Of each of them, how much others have as well. */
  readonly bytes: ReadonlyMap<ByteString, number>;
  /** Of each that is compressed, how much less of the rest is on disk. */
  readonly saved: ReadonlyMap<ByteString, number>;
  readonly groups: readonly SharedGroup[];
}

/**
 * Takes what others have as well, and what is not on disk, off `freeableBytes` of the directories above the largest files. Where it is known who
 * the others are, the directories that have them all give it back, once.
 */
export function subtractSharedFiles(
  { tree, largestFiles }: ScanResult,
  mounts: readonly Mount[],
  heldPaths: ReadonlySet<ByteString>,
): SharedFiles {
  const shared = new Map<ByteString, number>();
  const saved = new Map<ByteString, number>();
  using savings = new CompressionSavings();
  const sharing: SharingFile[] = [];
  const directories = new Map<ByteString, number>();
  const deadline = performance.now() + MOST_MS;
  for (const { path, directory, diskBytes, links } of largestFiles) {
    if (diskBytes < LEAST_BYTES || performance.now() > deadline) break;
    const mount = mountOf(mounts, path);
    if (links > 1 || heldPaths.has(path) || !mount || !SHARING.test(mount.type)) continue;
    const { shared: stretches, compressedBytes } = heldExtents(path, deadline);
    const sum = stretches.reduce((bytes, { length }) => bytes + length, 0);
    if (compressedBytes > 0 && sum < diskBytes) {
      const less = savings.of({ path, mount, diskBytes, compressedBytes }, deadline);
      saved.set(path, Math.min(diskBytes - sum, less));
      subtract(tree, directory, saved.get(path)!);
    }
    if (sum === 0) continue;
    shared.set(path, Math.min(diskBytes, sum));
    subtract(tree, directory, Math.min(diskBytes, sum));
    directories.set(path, directory);
    // What takes less than it shows is not added up by halves.
    if (sum <= diskBytes) sharing.push({ path, mount, shared: stretches });
  }
  const groups = sharedGroups(sharing).map(({ paths, bytes }) => ({
    paths,
    // A part of an extent keeps all of it: more may come back than files show.
    bytes: Math.min(bytes, Math.max(...paths.map((path) => shared.get(path)!))),
  }));
  for (const { paths, bytes } of groups) {
    const above = paths.map((path) => directories.get(path)!).reduce((a, b) => commonDirectory(tree, a, b));
    giveBack(tree, above, bytes);
  }
  return { bytes: shared, saved, groups };
}

/** Adds bytes to what deleting a directory, or one above it, gives back: never more than it has. */
function giveBack({ columns }: DirectoryTree, from: number, bytes: number): void {
  const { parent, diskBytes, freeableBytes } = columns;
  for (let id = from; ; id = parent[id]) {
    freeableBytes[id] = Math.min(diskBytes[id], freeableBytes[id] + bytes);
    if (id === ABOVE_ROOTS) return;
  }
}

/** The lowest directory that has both: a parent's index is below its children's. */
function commonDirectory({ columns: { parent } }: DirectoryTree, a: number, b: number): number {
  while (a !== b) {
    if (a > b) a = parent[a];
    else b = parent[b];
  }
  return a;
}

/** The findings, and what is done about them, giving back no more than their files have alone. */
export function withoutSharedFiles(findings: readonly Finding[], shared: SharedFiles): readonly Finding[] {
  if (shared.bytes.size === 0 && shared.saved.size === 0) return findings;
  return findings.map((finding) => {
    // Snapshots were asked about by themselves.
    if (finding.rule === 'btrfs-snapshots') return finding;
    const sharedBytes = sumIn(finding.paths, shared.bytes);
    const savedBytes = sumIn(finding.paths, shared.saved);
    if (sharedBytes + savedBytes === 0) return finding;
    const most = (action: Action | undefined): number =>
      Math.min(
        finding.freeableBytes,
        Math.max(0, finding.diskBytes - savedBytes - sharedBytes + togetherIn(deletedBy(action), shared)),
      );
    const remedies = finding.remedies.map((remedy) => {
      const { action } = remedy;
      if (action.frees.bytes <= most(action)) return remedy;
      return {
        ...remedy,
        action: { ...action, frees: { bytes: most(action), certainty: 'at-least' as const } },
      };
    });
    const first = finding.remedies.find(({ action }) => action.frees.bytes > 0)?.action;
    const elsewhereBytes = sharedBytes - togetherIn(finding.paths, shared);
    return {
      ...finding,
      freeableBytes: most(first),
      ...(sharedBytes > 0 && { elsewhereBytes }),
      // What only informs promises nothing.
      ...(savedBytes > 0 && finding.claimedBytes > 0 && { savedBytes }),
      remedies,
    };
  });
}

/** Paths that go whole with it. */
function deletedBy(action: Action | undefined): readonly ByteString[] {
  switch (action?.kind) {
    case 'delete-files':
    case 'delete-directories':
    case 'empty-file':
      return action.paths;
    default:
      return [];
  }
}

/** Of the files that lie in the paths. */
export function sumIn(paths: readonly ByteString[], files: ReadonlyMap<ByteString, number>): number {
  let sum = 0;
  for (const [file, fileBytes] of files) if (isIn(file, paths)) sum += fileBytes;
  return sum;
}

/** What only files in the paths have, each once. */
function togetherIn(paths: readonly ByteString[], { groups }: SharedFiles): number {
  return groups
    .filter((group) => group.paths.every((file) => isIn(file, paths)))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function isIn(file: ByteString, paths: readonly ByteString[]): boolean {
  return paths.some((path) => isInside(file, path));
}
