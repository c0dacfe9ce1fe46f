/** What a deletion gave back, as statfs(2) sees it, and why that is not what was counted. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { DeletionDifference, UnitOutcome } from '../model/deletion.ts';
import { readUsage } from '../system/filesystems/filesystems.ts';

/** Used bytes over the filesystems; undefined where one cannot be asked. */
export function measureUsedBytes(mountPoints: readonly ByteString[]): number | undefined {
  try {
    let usedBytes = 0;
    for (const mountPoint of mountPoints) {
      settle(mountPoint);
      usedBytes += readUsage(mountPoint).usedBytes;
    }
    return usedBytes;
  } catch {
    return undefined;
  }
}

/** Some filesystems give blocks back only when what was done is on disk. */
function settle(mountPoint: ByteString): void {
  try {
    const descriptor = openSync(toBuffer(mountPoint), 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Then the measure is a little early.
  }
}

/** Less is the rounding of everyday writes. */
const WORTH_SAYING_BYTES = 2 ** 20;
/** Filesystems that give blocks back in the background, or keep them for snapshots. */
const LATE = new Set(['btrfs', 'xfs', 'zfs', 'bcachefs', 'f2fs']);

/** What a deletion was to give, and gave. */
export interface DeletionFigures {
  readonly outcomes: readonly UnitOutcome[];
  readonly predictedBytes: number;
  readonly freedBytes: number;
  readonly measuredFreedBytes: number;
  /** Of the places it deleted in. */
  readonly filesystemTypes: readonly string[];
}

/** Why predicted, freed and measured bytes differ; empty where they agree. */
export function deletionDifferences({
  outcomes,
  predictedBytes,
  freedBytes,
  measuredFreedBytes,
  filesystemTypes,
}: DeletionFigures): DeletionDifference[] {
  const differences: DeletionDifference[] = [];
  const missingBytes = predictedBytes - freedBytes;
  if (missingBytes >= WORTH_SAYING_BYTES) {
    const isWhole = outcomes.every(({ outcome }) => outcome === 'deleted');
    differences.push({ kind: isWhole ? 'other-names' : 'not-all-deleted', missingBytes });
  }
  const gap = measuredFreedBytes - freedBytes;
  if (Math.abs(gap) < Math.max(WORTH_SAYING_BYTES, freedBytes / 100)) return differences;
  const lateFilesystems = [...new Set(filesystemTypes)].filter((type) => LATE.has(type));
  differences.push(
    gap < 0
      ? { kind: 'measured-less', missingBytes: -gap, lateFilesystems }
      : { kind: 'measured-more', additionalBytes: gap },
  );
  return differences;
}
