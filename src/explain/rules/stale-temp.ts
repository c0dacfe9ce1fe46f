/** What lies in a directory for temporary files, untouched for days and held by nobody. */
import { baseName, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { readDiskFiles } from '../../system/disks/disk-files.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import { heldPathsBeside, holderOf } from './held-paths.ts';
import type { Rule } from './rule.ts';

export const staleTemp: Rule = {
  name: 'stale-temp',
  find: (facts, claims) =>
    tempRoots.flatMap((root) => {
      const directory = facts.scan.tree.find(root);
      return directory === undefined ? [] : findIn(root, directory, facts, claims);
    }),
};

/** file-hierarchy(7); macOS keeps its own under /private. */
const tempRoots = ['/tmp', '/var/tmp', '/usr/tmp', '/private/tmp', '/private/var/tmp'] as ByteString[];
const STALE_DAYS = 2;
const STALE_SECONDS = STALE_DAYS * 86_400;

/** Sockets of the desktop and private directories of services: their age says nothing. */
const protectedName =
  /^(?:systemd-private-.*|snap-private-tmp|snap\..*|\.(?:X11|ICE|XIM|font|Test)-unix|\.X\d+-lock|hsperfdata_.*|lost\+found|\.Trash.*)$/u;

interface StaleEntry {
  readonly path: ByteString;
  readonly directory: number | undefined;
  readonly file: RankedFile | undefined;
  readonly uid: number;
  readonly leftBytes: number;
  readonly freeableBytes: number;
  /** Seconds since 1970 at which it was last touched. */
  readonly touchedAt: number;
}

function findIn(root: ByteString, directory: number, facts: Facts, claims: Claims): Proposal[] {
  const latest = facts.nowSeconds - STALE_SECONDS;
  const candidates = [
    ...oldDirectories(directory, latest, facts, claims),
    ...oldFiles(directory, facts, claims),
  ]
    .filter(({ path, touchedAt }) => touchedAt <= latest && !protectedName.test(baseName(path)))
    .filter(({ path }) => !hasStore(path, facts));
  // Asking who holds what is worth it only where there is something to gain.
  if (sumOf(candidates) < facts.worthBytes) return [];
  const id = namedFile(root)?.id;
  const held = id === undefined ? [] : heldPathsBeside(id, facts);
  const disks = readDiskFiles();
  const stale = candidates
    .filter(({ path }) => holderOf(path, held) === undefined)
    // The kernel holds what it uses as a disk, and no process shows it.
    .filter(({ path }) => !disks.some((disk) => isInside(disk.path, path)))
    .toSorted((a, b) => b.leftBytes - a.leftBytes);
  return sumOf(stale) < facts.worthBytes ? [] : [proposalOf(root, stale, facts, claims)];
}

function sumOf(entries: readonly StaleEntry[]): number {
  return entries.reduce((sum, { leftBytes }) => sum + leftBytes, 0);
}

function oldDirectories(root: number, latest: number, { scan }: Facts, claims: Claims): StaleEntry[] {
  const { newest, freeableBytes } = scan.tree.columns;
  return [...scan.tree.children(root)].flatMap((directory) => {
    const leftBytes = claims.unclaimedBytes(directory);
    if (newest[directory] > latest || leftBytes === 0) return [];
    const path = scan.tree.path(directory);
    const itself = namedFile(path);
    if (itself === undefined) return [];
    // Unpacked archives are as old as they say and as new as their directory's birth. Reading it changed its atime.
    const touchedAt = Math.max(newest[directory], itself.changedAt, itself.bornAt);
    return {
      path,
      directory,
      file: undefined,
      uid: itself.uid,
      leftBytes,
      freeableBytes: freeableBytes[directory],
      touchedAt,
    };
  });
}

function oldFiles(root: number, { scan }: Facts, claims: Claims): StaleEntry[] {
  return scan.largestFiles.flatMap((file) => {
    if (file.directory !== root || claims.isFileClaimed(file)) return [];
    const itself = namedFile(file.path);
    if (itself === undefined) return [];
    const { modifiedAt, changedAt, readAt, bornAt } = itself;
    return {
      path: file.path,
      directory: undefined,
      file,
      uid: itself.uid,
      leftBytes: file.diskBytes,
      freeableBytes: file.links === 1 ? file.diskBytes : 0,
      touchedAt: Math.max(modifiedAt, changedAt, readAt, bornAt),
    };
  });
}

/** Stores of programs that happen to lie among temporary files are not stale, whatever their age. */
function hasStore(path: ByteString, { places }: Facts): boolean {
  return places.some(
    (place) =>
      'BDX'.includes(place.entry.class) && (isInside(place.path, path) || isInside(path, place.path)),
  );
}

function proposalOf(root: ByteString, stale: readonly StaleEntry[], facts: Facts, claims: Claims): Proposal {
  const { nowSeconds, mounts, openFiles } = facts;
  let claimedBytes = 0;
  for (const { directory, file } of stale)
    claimedBytes += (file === undefined ? claims.directory(directory!) : claims.file(file)).claimedBytes;
  const age = nowSeconds - Math.max(...stale.map(({ touchedAt }) => touchedAt));
  const days = Math.max(STALE_DAYS, Math.floor(age / 86_400));
  const [largest] = stale;
  // Deleting another user's directory where anybody may make a new one in its place hands that name to anybody.
  const others = facts.isRoot
    ? stale.filter(({ directory, uid }) => directory !== undefined && uid !== 0)
    : [];
  const free = stale.filter((one) => !others.includes(one));
  const freeableBytes = free.reduce((sum, one) => sum + one.freeableBytes, 0);
  return {
    rule: 'stale-temp',
    root,
    entries: stale.length,
    olderDays: days,
    hidden: openFiles.hiddenPids.length,
    isMemory: mountOf(mounts, root)?.kind === 'memory',
    others: others.length,
    othersBytes: sumOf(others),
    largest: largest.path,
    largestBytes: largest.leftBytes,
    largestTouchedAt: largest.touchedAt,
    isRoot: facts.isRoot,
    diskBytes: sumOf(stale),
    claimedBytes,
    freeableBytes,
    paths: stale.slice(0, MOST_PATHS).map(({ path }) => path),
    actions: [
      {
        kind: 'delete-with-diskwhy',
        roots: [root],
        options: [...(facts.isRoot ? ['--system', '--all-users'] : []), '--older', `${days}d`],
        frees: { bytes: freeableBytes, certainty: 'exact' },
        loses: 'leftovers',
        risk: 'review',
      },
    ],
    risk: 'review',
  };
}

const MOST_PATHS = 50;
