/** Takes off what findings count several times because files share their extents: never more is explained than is used. */
import { isInside } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import { restOf } from '../../model/ledger.ts';
import type { StoreName } from '../../model/store-name.ts';
import { sumIn } from './subtract-shared-files.ts';
import type { SharedFiles } from './subtract-shared-files.ts';

/** Each snapshot in them shows everything again. */
const SNAPSHOTS: ReadonlySet<StoreName> = new Set(['snapper', 'timeshift']);

/**
 * The findings with what each explains of the used bytes. Files that are compressed or share extents (btrfs snapshots,
 * reflinks) add up to more than is used; the surplus is taken off what is known of that first, then off the snapshots, then
 * off the largest findings.
 */
export function withoutShared(
  findings: readonly Finding[],
  filesystems: readonly Filesystem[],
  shared: SharedFiles,
): readonly Finding[] {
  let rest = findings;
  for (const filesystem of filesystems) {
    const sharedBytes = sharedOn(filesystem);
    if (sharedBytes > 0) rest = takeOff(rest, filesystem, sharedBytes, shared);
  }
  return rest;
}

/** By how much the files add up to more than is used. */
function sharedOn({ ledger }: Filesystem): number {
  return Math.max(0, -restOf(ledger));
}

/**
 * What the filesystem keeps for itself no finding explains. What XFS sets aside for metadata to come is told together
 * with what was written a moment ago and has no place yet: that may be a file's.
 */
function usedByFiles({ usedBytes, ledger }: Filesystem): number {
  const own = ledger.accounts.find(({ account }) => account === 'filesystem-metadata');
  const toCome = own?.detail.find(({ part }) => part?.code === 'metadata-to-come')?.bytes ?? 0;
  return usedBytes - (own?.bytes ?? 0) + toCome;
}

function takeOff(
  findings: readonly Finding[],
  filesystem: Filesystem,
  sharedBytes: number,
  shared: SharedFiles,
): Finding[] {
  const onIt = findings.filter(
    ({ paths: [path] }) => path !== undefined && isInside(path, filesystem.mountPoint),
  );
  const claimed = onIt.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
  let surplus = Math.min(sharedBytes, Math.max(0, claimed - usedByFiles(filesystem)));
  const packed = new Map<Finding, number>();
  const less = new Map<Finding, number>();
  const take = (finding: Finding, most: number, from: Map<Finding, number>): void => {
    const left = finding.claimedBytes - (packed.get(finding) ?? 0) - (less.get(finding) ?? 0);
    const bytes = Math.min(surplus, left, most);
    surplus -= bytes;
    from.set(finding, (from.get(finding) ?? 0) + bytes);
  };
  for (const finding of onIt) take(finding, sumIn(finding.paths, shared.saved), packed);
  for (const finding of onIt) take(finding, sumIn(finding.paths, shared.bytes), less);
  for (const finding of onIt.toSorted((a, b) => rank(b) - rank(a) || b.claimedBytes - a.claimedBytes))
    take(finding, Infinity, less);
  return findings.map((finding) => {
    const bytes = less.get(finding) ?? 0;
    const packedBytes = packed.get(finding) ?? 0;
    if (bytes + packedBytes === 0) return finding;
    const claimedBytes = finding.claimedBytes - packedBytes - bytes;
    return {
      ...finding,
      claimedBytes,
      freeableBytes: Math.min(finding.freeableBytes, claimedBytes),
      ...(bytes > 0 && { sharedBytes: (finding.sharedBytes ?? 0) + bytes }),
    };
  });
}

/** Snapshots first; then small files, which btrfs keeps in its metadata in less than the block they are said to take. */
function rank(finding: Finding): number {
  if (finding.rule === 'btrfs-snapshots') return 2;
  if (finding.rule === 'many-files' || finding.rule === 'huge-directory') return 1;
  return finding.rule === 'store' && finding.kind === 'program' && SNAPSHOTS.has(finding.store) ? 2 : 0;
}
