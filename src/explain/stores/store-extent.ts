/** How much of a directory a store is: all of it, or what its names say, where a program works among other things. */
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import type { Facts } from '../facts.ts';
import { claimFiles, unclaimedFiles } from '../claims/claim-files.ts';
import type { Claim, Claims } from '../claims/claims.ts';
import type { FoundStore } from './found-store.ts';

export interface Extent {
  /** What no finding explains yet. */
  readonly unclaimedBytes: number;
  readonly claim: () => Claim;
}

/** What else lies beside it is so little that it is not worth a line of its own. */
const REST_SHARE = 0.1;

export function extentOf(store: FoundStore, facts: Facts, claims: Claims): Extent {
  const { directory } = store;
  const { extent } = store.entry;
  const left = claims.unclaimedBytes(directory);
  const whole: Extent = { unclaimedBytes: left, claim: () => claims.directory(directory) };
  // Where the path that was named lies in the store, it is the store's as a whole.
  if (extent === undefined || facts.scan.tree.path(directory) !== store.path) return whole;
  const { tree } = facts.scan;
  const children = [...tree.children(directory)].filter((child) => extent.test(tree.name(child)));
  const all = directoryFiles(store.path).filter(({ name }) => extent.test(name));
  const files = unclaimedFiles(facts, claims, directory, all);
  const bytes =
    children.reduce((sum, child) => sum + claims.unclaimedBytes(child), 0) +
    files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  if (bytes >= left * (1 - REST_SHARE)) return whole;
  return { unclaimedBytes: bytes, claim: () => claimParts(children, files, directory, facts, claims) };
}

function claimParts(
  children: readonly number[],
  files: readonly DirectoryFile[],
  directory: number,
  facts: Facts,
  claims: Claims,
): Claim {
  const claimed = [
    ...children.map((child) => claims.directory(child)),
    claimFiles(facts, claims, directory, files),
  ];
  return {
    diskBytes: claimed.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    claimedBytes: claimed.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0),
  };
}
