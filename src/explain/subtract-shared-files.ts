/** Corrects what deleting gives back where large files share extents: with snapshots, and with copies made by reference. */
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Finding } from '../model/finding.ts';
import type { Mount } from '../model/mount.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { sharedBytes } from '../system/files/extents.ts';
import { mountOf } from '../system/mounts/mounts.ts';
import { subtract } from './subtract-held-files.ts';

/** Filesystems whose files can share extents. */
const SHARING = /^(?:btrfs|xfs|bcachefs)$/u;
const LEAST_BYTES = 2 ** 20;
/** A report waits no longer for it. */
const MOST_MS = 150;

/**
 * Takes what others have as well off `freeableBytes` of the directories above the largest files, and returns how much
 * that is of each. Who the others are is not known, so a directory that has them all gives back more than is said.
 */
export function subtractSharedFiles(
  { tree, largestFiles }: ScanResult,
  mounts: readonly Mount[],
  heldPaths: ReadonlySet<ByteString>,
): Map<ByteString, number> {
  const shared = new Map<ByteString, number>();
  const deadline = performance.now() + MOST_MS;
  for (const { path, directory, diskBytes, links } of largestFiles) {
    if (diskBytes < LEAST_BYTES || performance.now() > deadline) break;
    if (links > 1 || heldPaths.has(path) || !SHARING.test(mountOf(mounts, path)?.type ?? '')) continue;
    const bytes = Math.min(diskBytes, sharedBytes(path, deadline) ?? 0);
    if (bytes === 0) continue;
    shared.set(path, bytes);
    subtract(tree, directory, bytes);
  }
  return shared;
}

/** The findings, and what is done about them, giving back no more than their files have alone. */
export function withoutSharedFiles(
  findings: readonly Finding[],
  shared: ReadonlyMap<ByteString, number>,
): readonly Finding[] {
  if (shared.size === 0) return findings;
  return findings.map((finding) => {
    // Snapshots were asked about by themselves.
    if (finding.rule === 'btrfs-snapshots') return finding;
    const elsewhereBytes = sharedIn(finding.paths, shared);
    if (elsewhereBytes === 0) return finding;
    const freeableBytes = Math.min(finding.freeableBytes, Math.max(0, finding.diskBytes - elsewhereBytes));
    const remedies = finding.remedies.map((remedy) => {
      const { action } = remedy;
      if (action.frees.bytes <= freeableBytes) return remedy;
      return {
        ...remedy,
        action: { ...action, frees: { bytes: freeableBytes, certainty: 'at-least' as const } },
      };
    });
    return { ...finding, freeableBytes, elsewhereBytes, remedies };
  });
}

function sharedIn(paths: readonly ByteString[], shared: ReadonlyMap<ByteString, number>): number {
  let bytes = 0;
  for (const [file, fileBytes] of shared) if (paths.some((path) => isInside(file, path))) bytes += fileBytes;
  return bytes;
}
