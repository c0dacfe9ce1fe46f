/** Caches of programs, wherever the catalogue knows them: one finding per kind and owner, with what clears it. */
import type { AppCacheFacts } from '../../model/findings/app-cache.ts';
import type { Proposal } from '../../model/finding.ts';
import { runningPrograms } from '../../system/processes/running-programs.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import { isBuildTree } from './build-trees.ts';
import { hasRunner, ownerActions, ownerOf } from '../../remedies/remedies.ts';
import { placeAdviceOf, removeActions } from '../claims/place-actions.ts';
import { isPackageCache } from './package-cache.ts';
import { claimPlaces, isInstalled, placeFact } from '../claims/place-group.ts';
import type { PlaceGroup } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';

export const appCache: Rule = {
  name: 'app-cache',
  find: (facts, claims) => {
    const kinds = Map.groupBy(facts.places.filter(isAppCache), ({ entry, path, system }) =>
      [entry.id, ownerOf(path, facts.accounts)?.uid, system].join(' '),
    );
    // What only says of itself that it is a cache comes last: its insides may be known by name.
    const inOrder = [...kinds.values()].toSorted((a, b) => Number(isTagged(a[0])) - Number(isTagged(b[0])));
    const groups = inOrder.flatMap((places) => claimPlaces(places, facts, claims) ?? []);
    if (groups.length === 0) return [];
    const programs = (facts.request.runningPrograms ?? runningPrograms)();
    return groups.map((group) => proposalOf(group, programs, facts));
  },
};

/** Families whose places are no caches of applications, or have a rule that knows them better. */
const otherFamilies = new Set([
  'system-packages',
  'logs',
  'crash-dumps',
  'containers',
  'databases',
  'data-platforms',
  'filesystem',
]);
const otherEntries = new Set(['trash', 'snap-revisions']);

function isAppCache(place: KnownPlace): boolean {
  const { entry, family } = place;
  if (!'ABC'.includes(entry.class) || otherEntries.has(entry.id)) return false;
  if (!isTagged(place) && otherFamilies.has(family)) return false;
  if (isPackageCache(entry.id) || isBuildTree(place)) return false;
  // A name that means a cache anywhere means nothing inside an installed program.
  return entry.paths?.some((pattern) => pattern.startsWith('**/')) !== true || !isInstalled(place);
}

function isTagged({ entry }: KnownPlace): boolean {
  return entry.id === 'tagged-cache';
}

function proposalOf(
  group: PlaceGroup,
  programs: ReadonlyMap<string, readonly number[]>,
  facts: Facts,
): Proposal {
  const { places, newest, diskBytes, claimedBytes, freeableBytes } = group;
  const paths = places.map(({ path }) => path);
  const { entry, path } = places[0];
  const owner = ownerOf(path, facts.accounts);
  const running = (entry.usedBy ?? [])
    .filter((name) => programs.has(name))
    .map((program) => ({ program, pid: programs.get(program)!.at(-1)! }));
  const commands = ownerActions(entry, path, facts.accounts, freeableBytes);
  const mayRemove = entry.class === 'A' && entry.keep === undefined && running.length === 0;
  const actions =
    commands.length === 0 && mayRemove && entry.command === undefined
      ? removeActions(paths, 'cache', freeableBytes)
      : commands;
  return {
    rule: 'app-cache',
    places: places.map(placeFact),
    owner: owner?.name,
    changedAt: newest,
    advice: placeAdviceOf(entry, hasRunner(path, facts.accounts)),
    running,
    largestParts: commands.length === 0 ? partsOf(places[0], facts) : [],
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths,
    actions,
    risk: entry.class === 'A' && running.length === 0 ? 'safe' : 'review',
  };
}

/** Where a person has to choose what goes, the largest parts; nothing where it may go as a whole. */
function partsOf({ directory, file, entry }: KnownPlace, { scan }: Facts): AppCacheFacts['largestParts'] {
  if (file !== undefined || entry.class === 'A') return [];
  const { diskBytes } = scan.tree.columns;
  return [...scan.tree.children(directory)]
    .toSorted((a, b) => diskBytes[b] - diskBytes[a])
    .slice(0, MOST_PARTS)
    .map((part) => ({ name: scan.tree.name(part), diskBytes: diskBytes[part] }));
}

const MOST_PARTS = 3;
