/** Whose the scanned bytes are: packages and users by name, and where those lie that no package owns. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Share } from '../../model/breakdown.ts';
import { FIRST_PACKAGE, GENERATED, NOT_OWNED, OwnedPaths } from '../../model/owned-paths.ts';
import type { Owners, PackageOwners, UserShare } from '../../model/owners.ts';
import type { ScanOwners } from '../../model/owners.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { Packages } from '../../system/packages/packages.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import type { OwnerFacts } from '../facts.ts';
import { findUnownedPlaces } from './unowned-places.ts';

const NONE: Share = { diskBytes: 0, entries: 0 };

/** For the rules and the report. */
export function ownerFacts(
  scan: ScanResult,
  packages: Packages,
  accounts: readonly UserAccount[],
): OwnerFacts {
  const { managers, ownSystem, paths } = packages;
  return { roots: findOwners(scan, packages, accounts), managers, ownSystem, paths: new OwnedPaths(paths) };
}

/** One per root; empty where the scan was not asked to count by owner. */
function findOwners(
  scan: ScanResult,
  { managers, names, paths }: Packages,
  accounts: readonly UserAccount[],
): Owners[] {
  const counts = scan.owners;
  if (!counts) return [];
  const table = new OwnedPaths(paths);
  return scan.roots.map((root, index) => {
    const { byOwner, directories, byUser } = counts.roots[index];
    const byPackage: PackageOwners = {
      managers,
      packages: [...byOwner]
        .filter(([owner]) => owner >= FIRST_PACKAGE)
        .map(([owner, share]) => ({ name: names[owner - FIRST_PACKAGE] as ByteString, ...share }))
        .toSorted(bySize),
      generated: byOwner.get(GENERATED) ?? NONE,
      unowned: byOwner.get(NOT_OWNED) ?? NONE,
      unownedPlaces: findUnownedPlaces(scan, counts, table, root.directory),
      directories,
    };
    return {
      users: usersOf(byUser, accounts),
      byPackage: managers.length > 0 ? byPackage : undefined,
    };
  });
}

function usersOf(
  byUser: ScanOwners['roots'][number]['byUser'],
  accounts: readonly UserAccount[],
): UserShare[] {
  const names = new Map<number, ByteString>();
  // Of several accounts with one uid the first is the one that ls shows.
  for (const { uid, name } of accounts) if (!names.has(uid)) names.set(uid, name);
  return [...byUser].map(([uid, share]) => ({ uid, name: names.get(uid), ...share })).toSorted(bySize);
}

function bySize(a: Share, b: Share): number {
  return b.diskBytes - a.diskBytes || b.entries - a.entries;
}
