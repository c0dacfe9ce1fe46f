/** Kernels that are neither running, nor booted next, nor the fallback; and revisions of snaps that are not in use. */
import type { Action } from '../../model/action.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { readInstalledKernels } from '../../system/packages/kernels.ts';
import type { InstalledKernels } from '../../system/packages/kernels.ts';
import { currentSnapRevision } from '../../system/packages/snap-revisions.ts';
import type { Facts } from '../facts.ts';
import { claimFiles, unclaimedFiles } from '../claims/claim-files.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';

export const oldKernelsAndSnaps: Rule = {
  name: 'old-kernels-and-snaps',
  find: (facts, claims) => [...oldKernels(facts, claims), ...oldSnaps(facts, claims)],
};

const BOOT = fromText('/boot');
/** Directories called by a release, whole: those of `-common` headers belong to several kernels. */
const KERNEL_DIRECTORIES = [
  '/lib/modules/',
  '/usr/lib/modules/',
  '/usr/src/linux-headers-',
  '/usr/src/kernels/',
];

function oldKernels(facts: Facts, claims: Claims): Proposal[] {
  const { tree } = facts.scan;
  const isSeen = ['/boot', '/lib/modules', '/usr/lib/modules', '/usr/src'].some(
    (path) => tree.find(fromText(path)) !== undefined,
  );
  const kernels = isSeen ? readInstalledKernels() : undefined;
  // In a container, or after its kernel was removed, nobody can say what boots next.
  if (!kernels?.releases.includes(kernels.running)) return [];
  const old = oldReleases(kernels);
  const bootDirectory = tree.find(BOOT);
  const files = old.flatMap((release) => kernels.bootFiles.get(release) ?? []);
  const bootFiles = bootDirectory === undefined ? [] : unclaimedFiles(facts, claims, bootDirectory, files);
  const directories = old
    .flatMap((release) => KERNEL_DIRECTORIES.map((prefix) => tree.find(fromText(prefix + release))))
    .filter((directory) => directory !== undefined);
  const left =
    bootFiles.reduce((sum, { diskBytes }) => sum + diskBytes, 0) +
    directories.reduce((sum, directory) => sum + claims.unclaimedBytes(directory), 0);
  if (left < facts.worthBytes) return [];
  const boot = bootDirectory === undefined ? NOTHING : claimFiles(facts, claims, bootDirectory, bootFiles);
  const claimed = directories.map((directory) => claims.directory(directory));
  const { freeableBytes } = tree.columns;
  const bytes = directories.reduce((sum, directory) => sum + freeableBytes[directory], boot.diskBytes);
  return [
    {
      rule: 'old-kernels-and-snaps',
      kind: 'kernels',
      old: old.map(fromText),
      running: fromText(kernels.running),
      kept: kernels.releases.filter((release) => !old.includes(release)).map(fromText),
      diskBytes: claimed.reduce((sum, { diskBytes }) => sum + diskBytes, boot.diskBytes),
      claimedBytes: claimed.reduce((sum, { claimedBytes }) => sum + claimedBytes, boot.claimedBytes),
      freeableBytes: bytes,
      paths: [...directories.map((directory) => tree.path(directory)), ...bootFiles.map(({ path }) => path)],
      actions: removal(old, bytes),
      risk: 'review',
    },
  ];
}

const NOTHING = { diskBytes: 0, claimedBytes: 0 };

/** All but the running one, the newest, those that boot by default, and one to fall back to. */
function oldReleases({ running, releases, defaults }: InstalledKernels): string[] {
  const sorted = releases.toSorted(compareReleases).toReversed();
  const kept = new Set([running, ...defaults, ...sorted.slice(0, 1)]);
  if (kept.size < 2) kept.add(sorted[1] ?? running);
  return sorted.filter((release) => !kept.has(release) && !release.includes('rescue'));
}

/** Numbers as numbers: 6.1.0-9 comes before 6.1.0-28, and 6.8.0-rc1 before 6.8.0. */
function compareReleases(a: string, b: string): number {
  const [left, right] = [a, b].map((release) => release.match(/\d+|[a-z]+/gu) ?? []);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left.at(at) ?? '', right.at(at) ?? ''];
    if (one === other) continue;
    if (one === 'rc' || other === 'rc') return one === 'rc' ? -1 : 1;
    const [first, second] = [Number(one || -1), Number(other || -1)];
    if (Number.isNaN(first) || Number.isNaN(second)) return one < other ? -1 : 1;
    return first - second;
  }
  return 0;
}

/** The package manager's own way: it also updates the boot loader. */
function removal(old: readonly string[], bytes: number): Action[] {
  const packages = directoryNames(fromText('/var/lib/dpkg/info')).flatMap((name) => {
    const found = /^(linux-(?:image|modules|headers)[a-z-]*-(\d.*?))(?::\w+)?\.list$/u.exec(name);
    return found && old.includes(found[2]) ? [found[1]] : [];
  });
  if (packages.length > 0) return [removing(bytes, ['apt-get', 'purge', ...new Set(packages)])];
  const managers = directoryNames(fromText('/usr/bin'));
  if (managers.includes('dnf' as ByteString)) return [removing(bytes, ['dnf', 'remove', '--oldinstallonly'])];
  return managers.includes('zypper' as ByteString) ? [removing(bytes, ['zypper', 'purge-kernels'])] : [];
}

/** @param commands of the program that owns them. */
function removing(bytes: number, ...commands: readonly (readonly string[])[]): Action {
  const [argv, ...more] = commands as readonly (readonly ByteString[])[];
  return {
    kind: 'owner-command',
    owner: argv[0],
    argv,
    ...(more.length > 0 ? { more } : {}),
    actsOn: 'running',
    hasBlanks: false,
    frees: { bytes, certainty: bytes > 0 ? 'at-least' : 'unknown' },
    loses: 'old-generations',
    risk: 'review',
    needs: { root: true },
  };
}

const SNAPS = fromText('/var/lib/snapd/snaps');
const MOST_REMOVED = 5;

function oldSnaps(facts: Facts, claims: Claims): Proposal[] {
  const directory = facts.scan.tree.find(SNAPS);
  if (directory === undefined || claims.unclaimedBytes(directory) < facts.worthBytes) return [];
  const disabled = unclaimedFiles(facts, claims, directory, directoryFiles(SNAPS))
    .flatMap((file) => {
      const [, name, revision] = /^(.+)_(x?\d+)\.snap$/u.exec(file.name) ?? [];
      if (name === undefined) return [];
      const current = currentSnapRevision(name as ByteString);
      return current === undefined || current === revision
        ? []
        : [{ file, name: name as ByteString, revision, current }];
    })
    .toSorted((a, b) => b.file.diskBytes - a.file.diskBytes);
  const files = disabled.map(({ file }) => file);
  if (files.reduce((sum, { diskBytes }) => sum + diskBytes, 0) < facts.worthBytes) return [];
  const removed = disabled.slice(0, MOST_REMOVED);
  return [
    {
      rule: 'old-kernels-and-snaps',
      kind: 'snaps',
      revisions: disabled.map(({ file, name, revision, current }) => ({
        snap: name,
        revision: revision as ByteString,
        diskBytes: file.diskBytes,
        inUse: current as ByteString,
      })),
      alsoCached: files.filter(({ links }) => links > 1).length,
      ...claimFiles(facts, claims, directory, files),
      freeableBytes: removed.reduce((sum, { file }) => sum + freedBy(file), 0),
      paths: files.map(({ path }) => path),
      actions: [
        removing(
          removed.reduce((sum, { file }) => sum + freedBy(file), 0),
          ...removed.map(({ name, revision }) => ['snap', 'remove', name, `--revision=${revision}`]),
        ),
      ],
      risk: 'review',
    },
  ];
}

/** Another name in snapd's cache keeps the bytes. */
function freedBy({ links, diskBytes }: DirectoryFile): number {
  return links === 1 ? diskBytes : 0;
}
