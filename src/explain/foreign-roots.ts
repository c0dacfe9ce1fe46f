/** Systems that do not run: their roots, mounted in a rescue system, with their own accounts and places of the catalogue. */
import type { Matcher } from '../catalogue/catalogue.ts';
import { isInside, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { foreignRootOf } from '../remedies/remedies.ts';
import { sampleDirectory } from '../system/directories/directory-names.ts';
import { networkMountPoints, readMounts } from '../system/mounts/mounts.ts';
import { readUserAccounts } from '../system/machine/user-accounts.ts';
import type { UserAccount } from '../system/machine/user-accounts.ts';

/** Of more directories than that nobody mounts systems in each. */
const MOST_CHILDREN = 100;

/** Roots of other systems that the scanned paths lie in, are, or have right below them. */
export function foreignRootsIn(roots: readonly ByteString[]): ByteString[] {
  const away = networkMountPoints(readMounts());
  const candidates = roots.flatMap((root) => [
    root,
    ...sampleDirectory(root, MOST_CHILDREN)
      .directories.map((name) => joinPath(root, name))
      .filter((child) => !away.has(child)),
  ]);
  return [...new Set(candidates.flatMap((path) => foreignRootOf(path) ?? []))];
}

/** Accounts of another system, with their homes as they are seen from here. */
export function accountsIn(root: ByteString): UserAccount[] {
  return readUserAccounts(joinPath(root, 'etc/passwd' as ByteString)).map((account) => ({
    ...account,
    home: account.home === '/' ? root : joinPath(root, account.home.slice(1) as ByteString),
  }));
}

/** Asks the catalogue about a path below another system's root as that system would. */
export function matcherWithRoots(own: Matcher, others: ReadonlyMap<ByteString, Matcher>): Matcher {
  if (others.size === 0) return own;
  const inside = (path: string): readonly [Matcher, string, string] => {
    for (const [root, matcher] of others)
      if (path !== root && isInside(path, root)) return [matcher, path.slice(root.length), root];
    return [own, path, ''];
  };
  const all = [own, ...others.values()];
  return {
    mayClaim: (name, kind) => all.some((one) => one.mayClaim(name, kind)),
    claims: (path, kind) => {
      const [matcher, inner] = inside(path);
      return matcher.claims(inner, kind);
    },
    claim: (path, kind, namesIn) => {
      const [matcher, inner, root] = inside(path);
      return matcher.claim(inner, kind, (one) => namesIn(root + one));
    },
  };
}
