/** Old releases of a program: deployed one beside the other, one of them live by a link, a few kept to go back to. */
import type { Action } from '../../model/action.ts';
import { isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import { linksIn } from '../../system/directories/links-in.ts';
import type { LinkIn } from '../../system/directories/links-in.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import { heldPathsBeside } from '../stores/held-paths.ts';
import { directoriesNamed } from '../places/named-directories.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';

/** Where Capistrano, Deployer, Ansistrano, Kamal's forerunners and many a script put them. */
const NAMES = ['releases', 'revisions', 'deployments', 'deploys'] as ByteString[];
/** Times, versions, builds and commits: "20261120120000", "v1.4.2", "build-812", "3f9c2ab". */
const RELEASE = /^(?:[a-z]+[-_]?)?(?:v?\d[\d._T-]*[\w.+-]*|[0-9a-f]{7,40})$/iu;
/** So many stay at least: what deploy tools keep. */
const KEPT = 3;
const MOST_REMOVED = 5;

export const oldReleases: Rule = {
  name: 'old-releases',
  find: (facts, claims) =>
    NAMES.flatMap((name) => directoriesNamed(facts.scan.tree, name)).flatMap(
      (directory) => proposalOf(directory, facts, claims) ?? [],
    ),
};

interface Release {
  readonly name: ByteString;
  readonly path: ByteString;
  readonly directory: number;
}

function proposalOf(directory: number, facts: Facts, claims: Claims): Proposal | undefined {
  const { tree } = facts.scan;
  const { columns } = tree;
  if (columns.parent[directory] === ABOVE_ROOTS && tree.isFileRoot(directory)) return undefined;
  if (claims.unclaimedBytes(directory) < facts.worthBytes) return undefined;
  const path = tree.path(directory);
  const releases = [...tree.children(directory)]
    .map((child): Release => ({ name: tree.name(child), path: tree.path(child), directory: child }))
    .filter(({ name }) => RELEASE.test(name))
    .toSorted(
      (a, b) => columns.newest[b.directory] - columns.newest[a.directory] || (a.name < b.name ? 1 : -1),
    );
  if (releases.length < 2) return undefined;
  const links = [path, parentPath(path), ...placesBeside(directory, tree)].flatMap(linksIn);
  const linked = releases.flatMap((release) => {
    const link = links.find(({ target }) => isInside(target, release.path));
    return link === undefined ? [] : [{ release, link }];
  });
  if (linked.length === 0) return undefined;
  const used = inUse(releases, path, facts);
  const old = dispensable(
    releases,
    linked.map((one) => one.release),
    used,
  );
  const removed = old.slice(0, MOST_REMOVED);
  const bytesOf = (some: readonly Release[], column: Float64Array): number =>
    some.reduce((sum, release) => sum + column[release.directory], 0);
  const removedBytes = bytesOf(removed, columns.freeableBytes);
  const { release, link }: { release: Release; link: LinkIn } = linked[0];
  return {
    rule: 'old-releases',
    directory: path,
    count: releases.length,
    link: link.path,
    live: release.name,
    inUse: used.map(({ name }) => name),
    old: old.map(({ name }) => name),
    oldBytes: bytesOf(old, columns.diskBytes),
    oldestAt: columns.newest[releases.at(-1)!.directory],
    newestAt: columns.newest[releases[0].directory],
    ...claims.directory(directory),
    freeableBytes: removedBytes,
    paths: [path],
    actions: removal(removed, removedBytes),
    risk: 'review',
  };
}

const MOST_BESIDE = 30;

/** Where else a link to the live one may lie: above the project, and in what lies beside it. */
function placesBeside(directory: number, tree: DirectoryTree): ByteString[] {
  const { parent } = tree.columns;
  const project = parent[directory];
  const above = project === ABOVE_ROOTS ? ABOVE_ROOTS : parent[project];
  if (above === ABOVE_ROOTS) return [];
  return [above, ...[...tree.children(above)].filter((one) => one !== project).slice(0, MOST_BESIDE)].map(
    (one) => tree.path(one),
  );
}

/** Those that processes run from, work in, or have a file of open. */
function inUse(releases: readonly Release[], path: ByteString, facts: Facts): Release[] {
  const file = namedFile(path);
  if (file === undefined) return [];
  const held = heldPathsBeside(file.id, facts);
  return releases.filter((release) => held.some((one) => isInside(one.path, release.path)));
}

/**
 * All but those in use, the newest, and what the live one would be rolled back to; the oldest first.
 * @param releases the newest first. @param live what links lead to.
 */
function dispensable(
  releases: readonly Release[],
  live: readonly Release[],
  used: readonly Release[],
): Release[] {
  const before = live.flatMap((release) => releases[releases.indexOf(release) + 1] ?? []);
  const kept = new Set([...live, ...used, ...before, releases[0]]);
  for (const release of releases) if (kept.size < KEPT) kept.add(release);
  return releases.filter((release) => !kept.has(release)).toReversed();
}

function removal(releases: readonly Release[], bytes: number): Action[] {
  if (releases.length === 0) return [];
  return [
    {
      kind: 'delete-directories',
      paths: releases.map(({ path }) => path),
      meaning: 'old-release',
      frees: { bytes, certainty: 'exact' },
      loses: 'old-generations',
      risk: 'review',
    },
  ];
}
