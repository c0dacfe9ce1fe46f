/** What a deletion gave back, as statfs sees it, and why that is not what was counted. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { UnitOutcome } from '../model/delete-plan.ts';
import type { TmpReport } from '../model/tmp-report.ts';
import { formatSize } from '../render/terminal/size.ts';
import { readUsage } from '../system/filesystems/filesystems.ts';

/** Used bytes over the filesystems; undefined where one cannot be asked. */
export function measure(mountPoints: readonly ByteString[]): { readonly usedBytes: number } | undefined {
  try {
    let usedBytes = 0;
    for (const mountPoint of mountPoints) {
      settle(mountPoint);
      usedBytes += readUsage(mountPoint).usedBytes;
    }
    return { usedBytes };
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

/** "3.4 MiB", whatever the sign. */
function size(bytes: number): string {
  return formatSize(Math.abs(bytes), { exact: false });
}

/** Less is the rounding of everyday writes. */
const WORTH_SAYING = 2 ** 20;
/** Filesystems that give blocks back in the background, or keep them for snapshots. */
const SLOW = new Set(['btrfs', 'xfs', 'zfs', 'bcachefs', 'f2fs']);

/** Sentences on why predicted, freed and measured bytes differ; empty where they agree. */
export function deletionDifferences(numbers: {
  readonly report: TmpReport;
  readonly outcomes: readonly UnitOutcome[];
  readonly predictedBytes: number;
  readonly freedBytes: number;
  readonly measuredFreedBytes: number;
}): string[] {
  const { report, outcomes, predictedBytes, freedBytes, measuredFreedBytes } = numbers;
  const sentences: string[] = [];
  const left = predictedBytes - freedBytes;
  if (left >= WORTH_SAYING && outcomes.some(({ outcome }) => outcome !== 'deleted'))
    sentences.push(`${size(left)} less than predicted: not everything was deleted.`);
  else if (left >= WORTH_SAYING)
    sentences.push(`${size(left)} less than predicted: other names of the same files appeared meanwhile.`);
  const gap = measuredFreedBytes - freedBytes;
  if (Math.abs(gap) < Math.max(WORTH_SAYING, freedBytes / 100)) return sentences;
  const types = new Set(
    report.roots.map(({ filesystemType }) => filesystemType).filter((type) => SLOW.has(type)),
  );
  const slow =
    types.size > 0
      ? `; ${[...types].join(' and ')} may give blocks back later, or keep them for snapshots`
      : '';
  sentences.push(
    gap < 0
      ? `The filesystem shows ${size(gap)} less than that: other programs wrote meanwhile${slow}.`
      : `The filesystem shows ${size(gap)} more than that: other programs deleted meanwhile, or its own bookkeeping shrank.`,
  );
  return sentences;
}
