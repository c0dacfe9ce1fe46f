/** What can be made ready before anything is scanned: accounts, the catalogue of this household, where commands are. */
import { catalogueMatcher } from '../catalogue/catalogue.ts';
import type { Matcher } from '../catalogue/catalogue.ts';
import type { ByteString } from '../model/byte-string.ts';
import { programDirectories } from '../remedies/remedies.ts';
import { readUserAccounts } from '../system/machine/user-accounts.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';
import { accountsIn, foreignRootsIn, matcherWithRoots } from './foreign-roots.ts';
import { householdBelow, householdOf } from './household.ts';

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
  const own = readUserAccounts();
  const others = foreignRootsIn(roots).map((root) => ({ root, accounts: accountsIn(root) }));
  return {
    accounts: [...own, ...others.flatMap(({ accounts }) => accounts)],
    matcher: matcherWithRoots(
      catalogueMatcher(householdOf(environment, own, roots)),
      new Map(
        others.map(({ root, accounts }) => [root, catalogueMatcher(householdBelow(root, accounts))] as const),
      ),
    ),
    programs: programDirectories(environment['PATH']),
  };
}
