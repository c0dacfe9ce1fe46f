/** The door of the room: finds stale temporary files and caches, and says of each unit whether it may go and why. */
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { catalogueMatcher } from '../catalogue/catalogue.ts';
import { deviceNumber, fileId, kernelDevice } from '../model/file-id.ts';
import type { Problems } from '../model/problem.ts';
import type { TmpReport, TmpUnit, TmpVerdict } from '../model/tmp-report.ts';
import { HeldInodes, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { LivingScanResult, Root, ScanHooks } from '../scan/scan.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { createExcluder } from '../system/files/exclude.ts';
import { expandGlob } from '../system/files/glob.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { tmpfilesSpecifier } from '../system/services/tmpfiles-specifiers.ts';
import { cachePlaces, groupOf, knownPlaces } from './cache-places.ts';
import type { CachePlace } from './cache-places.ts';
import type { UnitRoot } from './candidate.ts';
import { Candidates, lookAt } from './candidates.ts';
import { Exclusions } from './exclusions.ts';
import { Holdings } from './holdings.ts';
import { householdOf } from './households.ts';
import { judge } from './judge.ts';
import { probed } from './probe-units.ts';
import { reportRoots } from './report-roots.ts';
import { joinFamilies } from './sqlite-families.ts';
import { tempRoots } from './temp-roots.ts';
import type { TmpRequest } from './tmp-request.ts';
import { readTmpfilesLines } from './tmpfiles.ts';
import { UnitFinder } from './unit-finder.ts';
import { sightOf } from './visibility.ts';

export type { TmpRequest } from './tmp-request.ts';

/** Judges every unit. Nothing is changed anywhere; throws UsageError for a root that is refused. */
export async function judgeTmp(request: TmpRequest, hooks: ScanHooks = {}): Promise<TmpReport> {
  const allMounts = readMounts();
  const mounts = visibleMounts(allMounts);
  const temporary = tempRoots(request, mounts);
  const household = householdOf(request);
  const matcher = catalogueMatcher(household);
  const taken = temporary.map(({ path }) => path);
  const places = request.roots.length > 0 ? [] : cachePlaces(request, household, matcher, mounts, taken);
  const roots = scanRoots(temporary, places);
  const holdings = new Holdings(allMounts, devicesOf(roots));
  const inodes = holdings.inodes();
  const held = new Set(inodes.map((one) => fileId(one.device, one.inodeHigh, one.inodeLow)));
  const life = { uid: request.uid, held: HeldInodes.of(inodes).memory };
  const result = await scan(
    {
      roots,
      boundaries: planBoundaries(mounts, roots, false),
      source: request.source,
      threads: request.threads,
      exclude: [],
      largestCount: 0,
      rankByApparent: false,
      nowSeconds: request.nowSeconds,
      life,
    },
    { ...hooks, readHeld: () => held },
  );

  const unitRoots: UnitRoot[] = [...temporary];
  const finder = new UnitFinder(request, matcher, new Candidates(result, held));
  for (const [index, { path }] of temporary.entries()) finder.addEntries(path, index);
  for (const place of places) finder.addPlace(place, groupIndex(place, unitRoots, household.homes));

  const lines = readTmpfilesLines();
  const sight = sightOf(holdings.open, request.uid);
  const bench = {
    request,
    exclusions: new Exclusions(lines, (unit, pattern) => expandGlob(unit, pattern, 'any')),
    keep: createExcluder(request.keep),
    mounts,
    bootId: tmpfilesSpecifier('b'),
    roots: unitRoots,
    known: knownPlaces(household).filter(({ path }) => lookAt(path) !== undefined),
    homes: household.homes,
    holdings,
    sight,
    uid: request.uid,
    namesIn: directoryNames,
  };
  const units: TmpUnit[] = [];
  const probing = { sight, uid: request.uid, roots: unitRoots, signal: hooks.signal };
  for (const unit of finder.units) {
    units.push(await probed(unit, judge(whole(unit, result), bench), probing));
  }
  const problems = problemsThatMatter(result.problems, units, taken);
  const counted = unitRoots.map((_, index) => bytesIn(index, units, result, temporary.length));
  return {
    generatedAt: request.nowSeconds,
    olderMs: request.olderMs,
    minBytes: request.minBytes,
    ageBy: request.ageBy,
    roots: reportRoots(unitRoots, (index) => counted[index], lines, request.nowSeconds),
    units: joinFamilies(units).toSorted(byVerdictAndSize),
    small: finder.small,
    visibility: { processes: sight.processes, hidden: sight.hidden, asRoot: request.uid === 0 },
    problems,
    complete: problems.count === 0 && !result.interrupted,
    interrupted: result.interrupted,
  };
}

/**
 * Trouble in units that might go, or with a root itself. What could not be read of units that stay anyway, as other users'
 * are, changes nothing.
 */
function problemsThatMatter(
  { items }: Problems,
  units: readonly TmpUnit[],
  roots: readonly ByteString[],
): Problems {
  const unread = units.filter(({ keepReason }) => keepReason === 'unreadable');
  const matter = items.filter(
    ({ path }) => roots.includes(path) || unread.some((unit) => isInside(path, unit.path)),
  );
  return { count: matter.length, items: matter };
}

/** Directories to size: what lies in another one is sized with it. */
function scanRoots(temporary: readonly { readonly root: Root }[], places: readonly CachePlace[]): Root[] {
  const roots = temporary.map(({ root }) => root);
  const others = places.map(({ root }) => root).filter((root) => root.stat.isDirectory());
  return [...roots, ...others.filter(({ path }) => !roots.some((root) => isInside(path, root.path)))];
}

/** Filesystems whose files show another device number than locks do: subvolumes of btrfs. */
function devicesOf(roots: readonly Root[]): [number, number][] {
  return roots.flatMap(({ mount, stat }) => {
    if (!mount) return [];
    const [own, shown] = [deviceNumber(mount.device), kernelDevice(stat.dev)];
    return own === shown ? [] : [[own, shown] as [number, number]];
  });
}

/** The index of the root a place is listed under; a new one where it is the first there. */
function groupIndex({ root }: CachePlace, roots: UnitRoot[], homes: readonly string[]): number {
  const path = groupOf(root.path, homes);
  const known = roots.findIndex(
    (one) => one.origin === 'catalogue' && one.path === path && one.mount?.id === root.mount?.id,
  );
  if (known >= 0) return known;
  return roots.push({ path, origin: 'catalogue', mount: root.mount, isShared: false }) - 1;
}

/** What an interrupted scan has seen of a unit need not be all. */
function whole<T extends { readonly isComplete: boolean }>(unit: T, { interrupted }: LivingScanResult): T {
  return interrupted ? { ...unit, isComplete: false } : unit;
}

function bytesIn(
  root: number,
  units: readonly TmpUnit[],
  { tree }: LivingScanResult,
  temporaryCount: number,
): number {
  if (root < temporaryCount) return tree.columns.diskBytes[root + 1];
  return units.reduce((sum, unit) => sum + (unit.root === root ? unit.diskBytes : 0), 0);
}

const order: readonly TmpVerdict[] = [
  'deletable',
  'owner-command',
  'in-use',
  'unknown',
  'too-new',
  'protected',
];

function byVerdictAndSize(a: TmpUnit, b: TmpUnit): number {
  const verdicts = order.indexOf(a.verdict) - order.indexOf(b.verdict);
  if (verdicts !== 0) return verdicts;
  return b.diskBytes - a.diskBytes || (a.path < b.path ? -1 : 1);
}
