/** What projects built or installed and can build again: node_modules, target, .venv… with when the project last changed. */
import { ABOVE_ROOTS } from '../../model/tree.ts';
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import { placeAdviceOf, removeActions } from '../claims/place-actions.ts';
import { claimPlaces, isInstalled } from '../claims/place-group.ts';
import type { PlaceGroup } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';

export const buildTrees: Rule = {
  name: 'build-trees',
  find: (facts, claims) => {
    const places = facts.places.filter((place) => isBuildTree(place) && !isInstalled(place));
    // The catalogue's order is by path: outer ones claim before what lies in them.
    const kinds = Map.groupBy(places, (place) => (isEnvironment(place) ? ENVIRONMENT : place.entry.id));
    return [...kinds.values()].flatMap((kind) => {
      const group = claimPlaces(kind, facts, claims);
      return group === undefined ? [] : proposalOf(group, facts);
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

function proposalOf(group: PlaceGroup, facts: Facts): Proposal {
  const { places, diskBytes, claimedBytes, freeableBytes } = group;
  const idle = places.filter(
    (place) => facts.nowSeconds - projectChange(place, facts) >= IDLE_DAYS * DAY_SECONDS,
  );
  const elsewhere = diskBytes - freeableBytes;
  const removed = idle.slice(0, MOST_REMOVED);
  const removedBytes = removed.reduce((sum, place) => sum + freeableOf(place, facts), 0);
  return {
    rule: 'build-trees',
    trees: places.map((place) => ({
      path: place.path,
      diskBytes: place.diskBytes,
      projectChangedAt: projectChange(place, facts),
    })),
    idle: idle.length,
    idleBytes: idle.reduce((sum, place) => sum + place.diskBytes, 0),
    idleDays: IDLE_DAYS,
    staysBytes: elsewhere >= facts.worthBytes ? elsewhere : 0,
    advice: placeAdviceOf(places[0].entry),
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: places.map(({ path }) => path),
    actions: removeActions(
      removed.map(({ path }) => path),
      'build-output',
      removedBytes,
    ),
    risk: 'review',
  };
}

const MOST_REMOVED = 3;

function freeableOf({ directory }: KnownPlace, { scan }: Facts): number {
  return scan.tree.columns.freeableBytes[directory];
}

/** A project's own latest change; deleting and building in the tree itself counts too. */
function projectChange({ directory }: KnownPlace, { scan }: Facts): number {
  const { parent, newest } = scan.tree.columns;
  const above = parent[directory];
  return newest[above === ABOVE_ROOTS ? directory : above];
}
