/** Whose caches are looked at: the asking user's, or with `--all-users` everybody's. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Household } from '../../catalogue/catalogue.ts';
import { realPath } from '../../system/calls/real-path.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import type { TmpRequest } from '../tmp-request.ts';

/** First uid of ordinary users (login.defs(5), UID_MIN). */
const FIRST_USER = 1000;
/** The user that owns nothing. */
const NOBODY = 65_534;

/** Home directories that are nobody's: accounts of services point at them, as Debian's sys does at /dev. */
const shared = new Set([
  '/',
  '/bin',
  '/dev',
  '/dev/null',
  '/home',
  '/nonexistent',
  '/opt',
  '/run',
  '/sbin',
  '/srv',
  '/tmp',
  '/usr/bin',
  '/usr/sbin',
  '/var',
]);

/** Homes of people and root, each once; the asking user's first. */
function homesOf({ home, uid, allUsers }: TmpRequest): ByteString[] {
  const accounts = readUserAccounts().filter((account) => !shared.has(account.home));
  const own = home ?? accounts.find((account) => account.uid === uid)?.home;
  const others = allUsers
    ? accounts.filter((account) => account.uid === 0 || (account.uid >= FIRST_USER && account.uid !== NOBODY))
    : [];
  const homes = [...(own === undefined ? [] : [own]), ...others.map((account) => account.home)];
  // Units are known by their real paths: a home may be reached through a link.
  return [...new Set(homes.map((path) => realPath(path) ?? path))];
}

/** The household that the catalogue is asked about; its variables are the asking user's. */
export function householdOf(request: TmpRequest): Household {
  return { platform: request.platform, homes: homesOf(request), environment: request.environment };
}

/** The other user in whose home `path` lies, or undefined. */
export function homeOfAnother(path: ByteString, uid: number): ByteString | undefined {
  return readUserAccounts().find(
    (account) =>
      account.uid !== uid &&
      !shared.has(account.home) &&
      account.home !== '/root' &&
      isInside(path, account.home),
  )?.name;
}
