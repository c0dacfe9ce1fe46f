/** Files below /usr that no package owns: only packages should write there, so something else did. */
import { isInside, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { NOT_OWNED } from '../../model/owned-paths.ts';
import type { PackageManager, UnownedPlace } from '../../model/owners.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts, OwnerFacts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

const TREE = '/usr';
/** The administrator's own, by the Filesystem Hierarchy Standard; and sources, which dkms and people put there. */
const NOT_OF_PACKAGES = ['/usr/local', '/usr/src'];

const MOST_PATHS = 50;
const MOST_NAMED = 5;
/** Directories of packages that are read again to name the files in them that are not theirs. */
const MOST_READ = 5;

const questions: Readonly<Record<PackageManager, readonly string[]>> = {
  dpkg: ['dpkg', '-S'],
  rpm: ['rpm', '-qf'],
  pacman: ['pacman', '-Qo'],
};

export const unownedFiles: Rule = {
  name: 'unowned-files',
  find: (facts, claims) => {
    const { owners } = facts;
    if (owners?.ownSystem !== true) return [];
    const places = owners.roots
      .flatMap(({ byPackage }) => byPackage?.unownedPlaces ?? [])
      .filter(({ path }) => isInside(path, TREE) && !NOT_OF_PACKAGES.some((other) => isInside(path, other)))
      .toSorted((a, b) => b.diskBytes - a.diskBytes);
    const free = places.map((place) => Math.min(place.diskBytes, claims.unclaimedBytes(place.directory)));
    if (sum(free) < facts.worthBytes) return [];
    return [proposalOf(places, owners, facts, claims)];
  },
};

function proposalOf(
  places: readonly UnownedPlace[],
  owners: OwnerFacts,
  { scan }: Facts,
  claims: Claims,
): Proposal {
  // A directory that no package knows goes with what it takes itself.
  const claimed = places.map(({ whole, directory, diskBytes }) =>
    whole ? claims.directory(directory) : claims.part(directory, diskBytes),
  );
  const freeable = places.map(({ whole, directory, diskBytes }) =>
    Math.min(
      whole ? scan.tree.columns.freeableBytes[directory] : diskBytes,
      scan.tree.columns.freeableBytes[directory],
    ),
  );
  const named = [
    ...new Set(
      places.flatMap((place, index) =>
        place.whole || index >= MOST_READ ? [place.path] : unownedNames(place, owners),
      ),
    ),
  ];
  const [manager] = owners.managers;
  return {
    rule: 'unowned-files',
    tree: TREE as ByteString,
    managers: owners.managers,
    files: sum(places.map(({ entries }) => entries)),
    places: places.map(({ path, directory, diskBytes, entries, whole }) => ({
      path,
      diskBytes,
      files: entries,
      isWhole: whole,
      changedAt: scan.tree.columns.newest[directory],
    })),
    diskBytes: sum(claimed.map(({ diskBytes }) => diskBytes)),
    claimedBytes: sum(claimed.map(({ claimedBytes }) => claimedBytes)),
    freeableBytes: sum(freeable),
    paths: named.slice(0, MOST_PATHS),
    actions: [looking(...questions[manager], named[0])],
    risk: 'review',
  };
}

/** The largest files directly in a package's directory that are nobody's; the directory where none can be named. */
function unownedNames({ path }: UnownedPlace, { paths }: OwnerFacts): ByteString[] {
  const node = paths.find(path);
  const files = directoryNames(path)
    .filter((name) => paths.ownerOf(node, toBuffer(name), 0, name.length) === NOT_OWNED)
    .map((name) => joinPath(path, name))
    .map((file) => ({ file, bytes: bytesOfFile(file) }))
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_NAMED)
    .map(({ file }) => file);
  return files.length > 0 ? files : [path];
}

function bytesOfFile(path: ByteString): number {
  const file = namedFile(path);
  return file?.isRegular === true ? file.diskBytes : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
