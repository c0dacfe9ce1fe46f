/** Why the bytes are there: brings the facts together and lets every rule judge them. */
import { catalogueMatcher } from '../catalogue/catalogue.ts';
import type { Matcher } from '../catalogue/catalogue.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Finding } from '../model/finding.ts';
import { createWorld } from '../remedies/remedies.ts';
import { readUserAccounts } from '../system/machine/user-accounts.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';
import { worthBytes } from './facts.ts';
import type { Facts } from './facts.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { householdOf } from './household.ts';
import { findKnownPlaces } from './known-places.ts';
import { findFindings } from './rules/rules.ts';

/** Known places far smaller than a finding still add up to one. */
const SMALL_PLACE = 1 / 8;

/** What can be made ready before anything is scanned. */
export interface Preparation {
  readonly accounts: readonly UserAccount[];
  readonly matcher: Matcher;
  /** Directories in which commands are looked for. */
  readonly programs: readonly ByteString[];
}

/**
 * Takes some 20 ms: meant to be done while threads scan.
 * @param environment of who asks: it says where programs keep their caches.
 */
export function prepareFindings(
  environment: Readonly<Record<string, ByteString | undefined>>,
  roots: readonly ByteString[],
): Preparation {
  const accounts = readUserAccounts();
  return {
    accounts,
    matcher: catalogueMatcher(householdOf(environment, accounts, roots)),
    programs: [...(environment['PATH'] ?? '').split(':'), ...SYSTEM_PROGRAMS] as ByteString[],
  };
}

/** Where the owners' commands are, also for a user whose PATH leaves them out. */
const SYSTEM_PROGRAMS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export async function findingsOf(
  { accounts, matcher, programs }: Preparation,
  facts: Omit<Facts, 'accounts' | 'places' | 'worthBytes'>,
): Promise<Finding[]> {
  const least = worthBytes(facts.filesystems);
  const places = findKnownPlaces(facts.scan, matcher, least * SMALL_PLACE);
  const world = createWorld({
    isRoot: facts.isRoot,
    openFiles: () => facts.openFiles,
    mounts: facts.mounts,
    claim: (path, kind) => matcher.claim(path, kind, namesIn),
    programs,
  });
  return findFindings({ ...facts, accounts, places, worthBytes: least }, world);
}

const namesIn = (path: string): Iterable<string> => directoryNames(path as ByteString);
