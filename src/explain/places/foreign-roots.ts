/** Systems that do not run: their roots, at any depth below the paths, with their own accounts and places of the catalogue. */
import { catalogueMatcher } from '../../catalogue/catalogue.ts';
import type { Matcher } from '../../catalogue/catalogue.ts';
import { isInside, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { foreignRootOf, isSystemRoot, MarkedStores } from '../../remedies/remedies.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import { householdBelow } from './household.ts';
import { directoriesNamed } from './named-directories.ts';
import type { Preparation } from './preparation.ts';

/** A host of containers has that many; of more only the largest are looked at. */
const MOST_ROOTS = 100;

/** Copies of a machine by date are generations of a backup, each whole or not at all. */
const DATED = /\d{4}-?\d\d-?\d\d|^(?:hourly|daily|weekly|monthly)\.\d/u;

export interface OtherSystems extends Preparation {
  /** Roots of other systems, as seen from here. */
  readonly otherRoots: readonly ByteString[];
  /** The nearest of them above a path; empty where it belongs to this system. */
  readonly systemOf: (path: string) => string;
}

/**
 * The same preparation with what the scanned trees hold of other systems; one catalogue serves all of them, whose homes
 * are those of any. Asks the disk only about directories that have the names of a root's in the tree.
 * @param mounts visible ones. @param leastBytes smaller systems are passed over.
 */
export function withOtherSystems(
  preparation: Preparation,
  scan: ScanResult,
  mounts: readonly Mount[],
  leastBytes: number,
): OtherSystems {
  const otherRoots = otherRootsIn(scan, mounts, leastBytes);
  if (otherRoots.length === 0) return { ...preparation, otherRoots, systemOf: () => '' };
  const systemOf = nearestOf(new Set<string>(otherRoots));
  const others = otherRoots.map((root) => ({ root, accounts: accountsIn(root) }));
  const homes = others.map(({ root, accounts }) => householdBelow(root, accounts).homes);
  const theirs = catalogueMatcher({
    platform: 'linux',
    homes: [...new Set(homes.flat())],
    environment: {},
  });
  return {
    ...preparation,
    accounts: [...preparation.accounts, ...others.flatMap(({ accounts }) => accounts)],
    matcher: matcherWithRoots(preparation.matcher, theirs, systemOf),
    otherRoots,
    systemOf,
  };
}

/** Roots of other systems that the scanned paths lie in, are, or have below them: the largest. */
function otherRootsIn(
  { tree, roots }: ScanResult,
  mounts: readonly Mount[],
  leastBytes: number,
): ByteString[] {
  const around = roots.flatMap(({ path }) => foreignRootOf(path) ?? []);
  const { diskBytes, parent } = tree.columns;
  const candidates = directoriesNamed(tree, 'etc' as ByteString)
    .map((directory) => parent[directory])
    .filter((directory) => directory !== 0 && diskBytes[directory] >= leastBytes)
    .filter((directory) => hasChild(tree, directory, 'usr') && hasChild(tree, directory, 'var'))
    .toSorted((a, b) => diskBytes[b] - diskBytes[a])
    .slice(0, MOST_ROOTS)
    .map((directory) => tree.path(directory));
  const marked = new MarkedStores(mounts);
  const below = candidates.filter(
    (path) => path !== '/' && isSystemRoot(path) && !isPartOfStore(path, marked),
  );
  return [...new Set([...around, ...below])];
}

function hasChild(tree: ScanResult['tree'], directory: number, name: string): boolean {
  return [...tree.children(directory)].some((child) => tree.name(child) === name);
}

/** Whether a path lies in a copy that is called by its date. */
export function isDatedCopy(path: ByteString): boolean {
  return path.split('/').some((name) => DATED.test(name));
}

/** Layers of images, snapshots, generations of backups: what keeps them gives them back, not the system in them. */
function isPartOfStore(path: ByteString, marked: MarkedStores): boolean {
  if (isDatedCopy(path)) return true;
  for (let at = parentPath(path); at !== '/'; at = parentPath(at)) {
    const hosts = marked.at(at)?.hosts;
    if (hosts === undefined && marked.at(at) === undefined) continue;
    if (hosts?.some((host) => isInside(path, joinPath(at, host as ByteString))) !== true) return true;
  }
  return false;
}

/** Accounts of another system, with their homes as they are seen from here. */
function accountsIn(root: ByteString): UserAccount[] {
  return readUserAccounts(joinPath(root, 'etc/passwd' as ByteString)).map((account) => ({
    ...account,
    home: account.home === '/' ? root : joinPath(root, account.home.slice(1) as ByteString),
  }));
}

/** Asks the catalogue about a path below another system's root as that system would. */
function matcherWithRoots(own: Matcher, theirs: Matcher, systemOf: OtherSystems['systemOf']): Matcher {
  const matcherFor = (root: string): Matcher => (root === '' ? own : theirs);
  return {
    mayClaim: (name, kind) => own.mayClaim(name, kind) || theirs.mayClaim(name, kind),
    claims: (path, kind) => {
      const root = systemOf(path);
      return matcherFor(root).claims(path.slice(root.length), kind);
    },
    claim: (path, kind, namesIn) => {
      const root = systemOf(path);
      return matcherFor(root).claim(path.slice(root.length), kind, (one) => namesIn(root + one));
    },
  };
}

/** A root itself belongs to the system above it. */
function nearestOf(roots: ReadonlySet<string>): OtherSystems['systemOf'] {
  return (path) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const above = path.slice(0, end);
      if (roots.has(above)) return above;
    }
    return '';
  };
}
