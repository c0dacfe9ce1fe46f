/** Whose caches and stores to look for in the scanned trees: the homes of accounts, and what the environment says. */
import type { Household } from '../../catalogue/catalogue.ts';
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { sampleDirectory } from '../../system/directories/sampled-directory.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { networkMountPoints, readMounts } from '../../system/mounts/mounts.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';

/** Homes of accounts that own only programs: nothing is kept there. */
const NO_HOMES: ReadonlySet<string> = new Set([
  '/',
  '/bin',
  '/dev',
  '/nonexistent',
  '/proc',
  '/run',
  '/sbin',
  '/sys',
  '/usr/bin',
  '/usr/sbin',
]);

/** @param roots paths that are scanned: homes elsewhere do not matter. */
export function householdOf(
  environment: Readonly<Record<string, ByteString | undefined>>,
  accounts: readonly UserAccount[],
  roots: readonly ByteString[],
): Household {
  const own = environment['HOME'];
  const named = [
    ...accounts.map(({ home }) => home),
    ...(own?.startsWith('/') === true ? [own] : []),
    ...homesOfOthers(HOMES),
  ];
  const homes = new Set(named.map((home) => home.replace(/(?!^)\/+$/u, '') as ByteString));
  return {
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    homes: [...homes].filter(
      (home) =>
        !NO_HOMES.has(home) &&
        roots.some((root) => isInside(home, root) || isInside(root, home)) &&
        lstatIfAny(home)?.isDirectory() === true,
    ),
    environment,
  };
}

/** The household of another system, with homes as that system calls them. @param accounts homes as seen from here. */
export function householdBelow(root: ByteString, accounts: readonly UserAccount[]): Household {
  const homes = [...accounts.map(({ home }) => home), ...homesOfOthers((root + HOMES) as ByteString)];
  const inner = homes.filter((home) => home !== root).map((home) => home.slice(root.length) as ByteString);
  return {
    platform: 'linux',
    homes: [...new Set(inner)].filter((home) => !NO_HOMES.has(home)),
    environment: {},
  };
}

const HOMES = '/home' as ByteString;
const MOST_HOMES = 1000;

/** Homes whose users are in a directory service, or gone. */
function homesOfOthers(homes: ByteString): ByteString[] {
  const away = networkMountPoints(readMounts());
  return sampleDirectory(homes, MOST_HOMES)
    .directories.map((name) => joinPath(homes, name))
    .filter((home) => !away.has(home));
}
