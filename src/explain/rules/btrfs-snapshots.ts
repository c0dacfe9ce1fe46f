/** Snapshots of btrfs that no known tool's marks tell: what was deleted from the live files still is in them. */
import { baseName, isInside, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { mountOf, placeOnDevice } from '../../system/mounts/mounts.ts';
import { mayHoldSubvolumes, snapshotKind } from '../../system/filesystems/btrfs-snapshots.ts';
import type { Facts } from '../facts.ts';
import { sharesOf } from '../extents/snapshot-shares.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

export const btrfsSnapshots: Rule = {
  name: 'btrfs-snapshots',
  find: (facts, claims) => {
    const found = snapshotsIn(facts, claims);
    const { tree } = facts.scan;
    const groups = Map.groupBy(found, (directory) => parentPath(tree.path(directory)));
    return [...groups].flatMap(([directory, own]) => proposalOf(directory, own, facts, claims) ?? []);
  },
};

/** Smaller ones give too little back to be looked for. */
const LEAST_SHARE = 1 / 8;

/** Asked from above, and not below one: what lies in a snapshot is part of it. */
function snapshotsIn(facts: Facts, claims: Claims): number[] {
  const { mounts, worthBytes } = facts;
  const { tree, roots } = facts.scan;
  const found: number[] = [];
  const waiting = roots.flatMap(({ directory, path, isDirectory }) =>
    isDirectory && mountOf(mounts, path)?.type === 'btrfs' && mayHaveSnapshots(path, facts)
      ? [directory]
      : [],
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const child of tree.children(next)) {
      if (tree.columns.diskBytes[child] < worthBytes * LEAST_SHARE || claims.isClaimed(child)) continue;
      const path = tree.path(child);
      if (isOfKnownTool(path, facts)) continue;
      if (snapshotKind(path) !== undefined && !isMounted(path, facts)) found.push(child);
      else waiting.push(child);
    }
  return found;
}

/** In the subvolume itself, or in another one that is mounted below. */
function mayHaveSnapshots(path: ByteString, { mounts }: Facts): boolean {
  const isMountBelow = (mountPoint: ByteString): boolean => mountPoint !== path && isInside(mountPoint, path);
  return mounts.some(({ mountPoint }) => isMountBelow(mountPoint)) || mayHoldSubvolumes(path);
}

/** A snapshot that somebody runs from, or works in, is no mere copy. */
function isMounted(path: ByteString, { mounts, allMounts }: Facts): boolean {
  const mount = mountOf(mounts, path);
  if (!mount) return false;
  const place = placeOnDevice(mount, path);
  return allMounts.some(({ device, root }) => device === mount.device && root === place);
}

/** Snapper and Timeshift say more of their own. */
function isOfKnownTool(path: ByteString, { stores }: Facts): boolean {
  return stores.some(
    ({ entry, path: directory }) =>
      (entry.store === 'snapper' || entry.store === 'timeshift') &&
      isInside(path, directory) &&
      entry.extent?.test(path.slice(directory.length + 1).split('/', 1)[0]) === true,
  );
}

function proposalOf(
  directory: ByteString,
  snapshots: readonly number[],
  { scan: { tree, largestFiles }, worthBytes, mounts }: Facts,
  claims: Claims,
): Proposal | undefined {
  const left = snapshots.reduce((sum, one) => sum + claims.unclaimedBytes(one), 0);
  if (left < worthBytes) return undefined;
  const claimed = snapshots.map((one) => claims.directory(one));
  const paths = snapshots.map((one) => tree.path(one)).toSorted((a, b) => (a < b ? -1 : 1));
  const device = mountOf(mounts, directory)?.device;
  const files = largestFiles.filter(
    ({ path, diskBytes }) => diskBytes >= worthBytes && mountOf(mounts, path)?.device === device,
  );
  const { shares, heldFiles } = sharesOf(paths, files);
  const claimedBytes = claimed.reduce((sum, one) => sum + one.claimedBytes, 0);
  return {
    rule: 'btrfs-snapshots',
    directory,
    count: paths.length,
    writable: paths.filter((path) => snapshotKind(path) === 'writable').length,
    first: baseName(paths[0]),
    last: baseName(paths.at(-1)!),
    diskBytes: claimed.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    shares,
    heldFiles,
    claimedBytes,
    // Whoever follows the command deletes one.
    freeableBytes: Math.min(claimedBytes, shares?.mostAlone?.bytes ?? 0),
    paths,
    actions: [
      looking('btrfs', 'filesystem', 'du', '-s', ...paths.slice(0, MOST_SHOWN)),
      {
        kind: 'owner-command',
        owner: 'btrfs',
        argv: ['btrfs', 'subvolume', 'delete', joinPath(directory, 'SNAPSHOT' as ByteString)] as ByteString[],
        actsOn: 'path',
        hasBlanks: true,
        frees: { bytes: 0, certainty: 'unknown' },
        loses: 'old-generations',
        risk: 'review',
        needs: { root: true },
      },
    ],
    risk: 'never',
  };
}

const MOST_SHOWN = 20;
