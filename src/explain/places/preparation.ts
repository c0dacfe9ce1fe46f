/** What can be made ready before anything is scanned: accounts, the catalogue of this household, where commands are. */
import { catalogueMatcher } from '../../catalogue/catalogue.ts';
import type { Matcher } from '../../catalogue/catalogue.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { programDirectories } from '../../remedies/remedies.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import { householdOf } from './household.ts';

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
    programs: programDirectories(environment['PATH']),
  };
}
