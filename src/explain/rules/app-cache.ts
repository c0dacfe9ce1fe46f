/** Caches of programs, wherever the catalogue knows them: one finding per kind and owner, with what clears it. */
import { ageText } from '../../model/age.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { runningPrograms } from '../../system/processes/running-programs.ts';
import type { UserAccount } from '../../system/machine/user-accounts.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import { isBuildTree } from './build-trees.ts';
import { adviceOf, ownerCommand, ownerOf, removeCommand } from './owner-command.ts';
import { isPackageCache } from './package-cache.ts';
import { claimPlaces, isInstalled } from './place-group.ts';
import type { PlaceGroup } from './place-group.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted } from './wording.ts';

export const appCache: Rule = {
  name: 'app-cache',
  find: (facts, claims) => {
    const kinds = Map.groupBy(facts.places.filter(isAppCache), ({ entry, path }) =>
      [entry.id, ownerOf(path, facts)?.uid].join(' '),
    );
    // What only says of itself that it is a cache comes last: its insides may be known by name.
    const inOrder = [...kinds.values()].toSorted((a, b) => Number(isTagged(a[0])) - Number(isTagged(b[0])));
    const groups = inOrder.flatMap((places) => claimPlaces(places, facts, claims) ?? []);
    if (groups.length === 0) return [];
    const programs = runningPrograms();
    return groups.map((group) => findingOf(group, programs, facts));
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
  const { entry, family, path } = place;
  if (!'ABC'.includes(entry.class) || otherEntries.has(entry.id)) return false;
  if (!isTagged(place) && otherFamilies.has(family)) return false;
  if (isPackageCache(entry.id) || isBuildTree(place)) return false;
  // A name that means a cache anywhere means nothing inside an installed program.
  return entry.paths?.some((pattern) => pattern.startsWith('**/')) !== true || !isInstalled(path);
}

function isTagged({ entry }: KnownPlace): boolean {
  return entry.id === 'tagged-cache';
}

function findingOf(
  group: PlaceGroup,
  programs: ReadonlyMap<string, readonly number[]>,
  facts: Facts,
): Finding {
  const { places, newest, ...bytes } = group;
  const paths = places.map(({ path }) => path);
  const { entry, path } = places[0];
  const owner = ownerOf(path, facts);
  const running = (entry.usedBy ?? []).filter((name) => programs.has(name));
  const command = ownerCommand(entry, owner, facts);
  const mayRemove = entry.class === 'A' && entry.keep === undefined && running.length === 0;
  const wait = running.map((name) => `${name} is running (pid ${programs.get(name)!.at(-1)!}): end it first`);
  return {
    rule: 'app-cache',
    title: entry.id.replaceAll('-', ' '),
    ...bytes,
    paths,
    evidence: [
      `${whatText(places, owner)}, last changed ${ageText(facts.nowSeconds - newest)} ago`,
      ...wait.slice(0, 1),
      ...partsText(places[0], command, facts),
      ...(entry.traps ?? []).slice(0, 1),
    ],
    remedy: {
      text: adviceOf(entry),
      command: command ?? (mayRemove && entry.command === undefined ? removeCommand(paths) : undefined),
    },
    risk: entry.class === 'A' && running.length === 0 ? 'safe' : 'review',
  };
}

/** Where a person has to choose what goes, the largest parts; nothing where a command does it all. */
function partsText(
  { directory, file, entry }: KnownPlace,
  command: string | undefined,
  { scan }: Facts,
): string[] {
  if (file !== undefined || command !== undefined || entry.class === 'A') return [];
  const { diskBytes } = scan.tree.columns;
  const parts = [...scan.tree.children(directory)]
    .toSorted((a, b) => diskBytes[b] - diskBytes[a])
    .slice(0, MOST_PARTS)
    .map((part) => `${quoted(scan.tree.name(part))} ${sizeText(diskBytes[part])}`);
  return parts.length === 0 ? [] : [`the largest in it: ${parts.join(', ')}`];
}

const MOST_PARTS = 3;

function whatText(places: readonly KnownPlace[], owner: UserAccount | undefined): string {
  const [{ entry, path }] = places;
  const more = places.length === 1 ? '' : ` and ${countOf(places.length - 1, 'more place')}`;
  const whose = owner === undefined ? '' : ` of ${quoted(owner.name)}`;
  return `${entry.what}${whose} in ${quoted(path)}${more}`;
}
