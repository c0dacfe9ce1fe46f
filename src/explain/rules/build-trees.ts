/** What projects built or installed and can build again: node_modules, target, .venv… with when the project last changed. */
import { ageText } from '../../model/age.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import { baseName, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import { adviceOf, removeCommand } from './owner-command.ts';
import { claimPlaces, isInstalled } from './place-group.ts';
import type { PlaceGroup } from './place-group.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted } from './wording.ts';

export const buildTrees: Rule = {
  name: 'build-trees',
  find: (facts, claims) => {
    const places = facts.places.filter((place) => isBuildTree(place) && !isInstalled(place.path));
    // The catalogue's order is by path: outer ones claim before what lies in them.
    const kinds = Map.groupBy(places, (place) => (isEnvironment(place) ? ENVIRONMENT : place.entry.id));
    return [...kinds.values()].flatMap((kind) => {
      const group = claimPlaces(kind, facts, claims);
      return group === undefined ? [] : findingOf(group, facts);
    });
  },
};

const ENVIRONMENT = 'project-virtualenv';

const builds = new Set([
  'node-modules',
  'javascript-build-cache',
  'javascript-nested-cache',
  'cargo-target',
  'cmake-meson-build',
  'zig-project-output',
  'dotnet-output',
  'maven-output',
  'gradle-output',
  'swift-build',
  'elixir-output',
  'unity-output',
  'unreal-output',
  'godot-cache',
  'terraform-project',
  ENVIRONMENT,
]);

/** Whether a place is this rule's: a project's output, or a virtual environment that calls itself a cache, as uv's do. */
export function isBuildTree(place: KnownPlace): boolean {
  return builds.has(place.entry.id) || isEnvironment(place);
}

function isEnvironment({ entry, path }: KnownPlace): boolean {
  if (entry.id === ENVIRONMENT) return true;
  return entry.id === 'tagged-cache' && namedFile(joinPath(path, 'pyvenv.cfg' as ByteString)) !== undefined;
}

/** A project that nobody touched for so long is not being worked on. */
const IDLE_DAYS = 30;
const DAY_SECONDS = 86_400;

function findingOf(group: PlaceGroup, facts: Facts): Finding {
  const { places, diskBytes, claimedBytes, freeableBytes } = group;
  const { nowSeconds } = facts;
  const idle = places.filter((place) => nowSeconds - projectChange(place, facts) >= IDLE_DAYS * DAY_SECONDS);
  const idleBytes = idle.reduce((sum, place) => sum + place.diskBytes, 0);
  const elsewhere = diskBytes - freeableBytes;
  return {
    rule: 'build-trees',
    title: titleOf(places),
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: places.map(({ path }) => path),
    evidence: [
      placeText(places[0], facts),
      ...(elsewhere >= facts.worthBytes
        ? [`${sizeText(elsewhere)} of it stays when it is deleted: hard links elsewhere, or files held open`]
        : []),
      ...places.slice(1, MOST_NAMED).map((place) => placeText(place, facts)),
    ],
    remedy: {
      text:
        idle.length === 0
          ? `every project changed within ${IDLE_DAYS} days; ${adviceOf(places[0].entry)}`
          : `${sizeText(idleBytes)} in ${countOf(idle.length, 'project')} that nobody changed for ${IDLE_DAYS} days: ${adviceOf(places[0].entry)}`,
      command: removeCommand(idle.slice(0, MOST_NAMED).map(({ path }) => path)),
    },
    risk: 'review',
  };
}

const MOST_NAMED = 3;

function titleOf(places: readonly KnownPlace[]): string {
  const names = new Set(places.map(({ path }) => baseName(path)));
  const [name] = names;
  const what = names.size === 1 ? quoted(name) : 'build trees';
  return places.length === 1 ? what : `${places.length} ${what}`;
}

/** A project's own latest change; deleting and building in the tree itself counts too. */
function projectChange({ directory }: KnownPlace, { scan }: Facts): number {
  const { parent, newest } = scan.tree.columns;
  const above = parent[directory];
  return newest[above === ABOVE_ROOTS ? directory : above];
}

function placeText(place: KnownPlace, facts: Facts): string {
  const idle = ageText(facts.nowSeconds - projectChange(place, facts));
  return `${sizeText(place.diskBytes)} in ${quoted(place.path)}, whose project last changed ${idle} ago`;
}
