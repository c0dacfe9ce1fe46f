/** Homes that no account and no /home tells, on a disk of their own or in a copy: told by what programs keep in them. */
import { catalogueMatcher } from '../../catalogue/catalogue.ts';
import type { Matcher } from '../../catalogue/catalogue.ts';
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { NOBODYS_UID } from '../../remedies/remedies.ts';
import { isDatedCopy } from './foreign-roots.ts';
import type { OtherSystems } from './foreign-roots.ts';
import { directoriesNamed } from './named-directories.ts';

/** Directories that programs make in a home and nowhere else, unless their user works in that place as if it were one. */
const IN_HOMES = [
  '.cache',
  '.npm',
  '.gradle',
  '.m2',
  '.cargo',
  '.local',
  '.config',
  '.vscode-server',
] as ByteString[];
const MOST_HOMES = 100;

/**
 * The same with the catalogue's places in homes that the tree shows, for this system: whose they are nobody knows, so no
 * command runs as their owner. @param ownHome of who asks. @param leastBytes what is smaller makes no home.
 */
export function withFoundHomes(
  systems: OtherSystems,
  { tree }: ScanResult,
  ownHome: ByteString | undefined,
  leastBytes: number,
): OtherSystems {
  const { diskBytes, parent } = tree.columns;
  const directories = IN_HOMES.flatMap((name) => directoriesNamed(tree, name))
    .filter((directory) => parent[directory] !== 0 && diskBytes[directory] >= leastBytes)
    .map((directory) => parent[directory]);
  const homes = [...new Set(directories)]
    .toSorted((a, b) => diskBytes[b] - diskBytes[a])
    .slice(0, MOST_HOMES)
    .map((directory) => tree.path(directory))
    .filter(
      (path) => path !== '/' && path !== ownHome && systems.systemOf(path) === '' && !isKnown(path, systems),
    );
  if (homes.length === 0) return systems;
  const accounts = homes.map((home) => ({ name: '' as ByteString, uid: NOBODYS_UID, home }));
  return {
    ...systems,
    accounts: [...systems.accounts, ...accounts],
    matcher: either(systems.matcher, homes),
  };
}

/** Its places are in the catalogue of this household already, or it is part of a backup. */
function isKnown(path: ByteString, { accounts }: OtherSystems): boolean {
  return isDatedCopy(path) || /^\/home\/[^/]+$/u.test(path) || accounts.some(({ home }) => home === path);
}

/** What the household knows comes first. */
function either(own: Matcher, homes: readonly ByteString[]): Matcher {
  const found = catalogueMatcher({
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    homes,
    environment: {},
  });
  const isTheirs = (path: string): boolean => homes.some((home) => isInside(path, home));
  return {
    mayClaim: (name, kind) => own.mayClaim(name, kind) || found.mayClaim(name, kind),
    claims: (path, kind) => {
      const first = own.claims(path, kind);
      return first.length > 0 || !isTheirs(path) ? first : found.claims(path, kind);
    },
    claim: (path, kind, namesIn) =>
      own.claim(path, kind, namesIn) ?? (isTheirs(path) ? found.claim(path, kind, namesIn) : undefined),
  };
}
