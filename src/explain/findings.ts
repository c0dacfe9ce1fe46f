/** Why the bytes are there: brings the facts together and lets every rule judge them. */
import { catalogueMatcher } from '../catalogue/catalogue.ts';
import type { Matcher } from '../catalogue/catalogue.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Finding } from '../model/finding.ts';
import { readUserAccounts } from '../system/machine/user-accounts.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';
import { worthBytes } from './facts.ts';
import type { Facts } from './facts.ts';
import { householdOf } from './household.ts';
import { findKnownPlaces } from './known-places.ts';
import { findFindings } from './rules/rules.ts';

/** Known places far smaller than a finding still add up to one. */
const SMALL_PLACE = 1 / 8;

/** What can be made ready before anything is scanned. */
export interface Preparation {
  readonly accounts: readonly UserAccount[];
  readonly matcher: Matcher;
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
  return { accounts, matcher: catalogueMatcher(householdOf(environment, accounts, roots)) };
}

export async function findingsOf(
  { accounts, matcher }: Preparation,
  facts: Omit<Facts, 'accounts' | 'places' | 'worthBytes'>,
): Promise<Finding[]> {
  const least = worthBytes(facts.filesystems);
  const places = findKnownPlaces(facts.scan, matcher, least * SMALL_PLACE);
  return findFindings({ ...facts, accounts, places, worthBytes: least });
}
