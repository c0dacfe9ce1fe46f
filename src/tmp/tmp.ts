/** The door of the room: finds stale temporary files and caches, and says of each unit whether it may go and why. */
import { deviceNumber, inodeParts, kernelDevice } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import type { Mount } from '../model/mount.ts';
import type { OpenFiles } from '../model/process.ts';
import type { TmpReport, TmpUnit } from '../model/tmp-report.ts';
import { HeldInodes, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { LivingScanResult, Root, ScanHooks } from '../scan/scan.ts';
import { createWorld, programDirectories } from '../remedies/remedies.ts';
import { readUserAccounts } from '../system/machine/user-accounts.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { couldGo, judgeUnits, OwnerAdvice, surroundingsOf } from './judgement/judgement.ts';
import { inOrder, problemsThatMatter, reportRoots } from './report/report.ts';
import { directoriesOfUnits, directoriesToScan, placesToJudge } from './roots/roots.ts';
import type { Places } from './roots/roots.ts';
import { readTmpfilesLines } from './tmpfiles/tmpfiles.ts';
import type { TmpRequest } from './tmp-request.ts';
import { countSpreadLinks, FileRanking, findUnits } from './units/units.ts';
import type { FoundUnits } from './units/units.ts';
import { Holdings, sightOf } from './use/use.ts';

export { TEMP_DIRECTORIES } from './roots/roots.ts';
export type { TmpRequest } from './tmp-request.ts';

/** Judges every unit. Nothing is changed anywhere; throws UsageError for a root that is refused. */
export async function judgeTmp(request: TmpRequest, hooks: ScanHooks = {}): Promise<TmpReport> {
  const allMounts = readMounts();
  const mounts = visibleMounts(allMounts);
  const places = placesToJudge(request, mounts);
  const roots = directoriesToScan(places);
  const around = directoriesOfUnits(places);
  const holdings = new Holdings(
    allMounts,
    around.map(({ path }) => path),
    devicesOf(around),
  );
  const held = holdings.inodes();
  const lines = readTmpfilesLines(request);
  const surroundings = surroundingsOf(request, places, mounts, lines);
  const named = namedBy(surroundings);
  const result: LivingScanResult = await scan(
    {
      roots,
      boundaries: planBoundaries(mounts, roots, false),
      source: request.source,
      threads: request.threads,
      exclude: [],
      largestCount: 0,
      rankByApparent: false,
      nowSeconds: request.nowSeconds,
      life: {
        uid: request.uid,
        held: HeldInodes.of(Array.from([...held, ...named], inodeParts)).memory,
        within: undefined,
        keep: surroundings.keeps.patterns,
      },
    },
    { ...hooks, readHeld: () => held },
  );

  const found = findUnits(request, places, result, held, named);
  const sight = sightOf(holdings.open, request.uid);
  const owners = ownersOf(request, places, mounts, holdings.open);
  const units = await judgeUnits(found.units, { ...surroundings, holdings, sight, owners }, hooks.signal);
  const problems = problemsThatMatter(
    result.problems,
    units,
    places.temporary.map(({ path }) => path),
  );
  return {
    generatedAt: request.nowSeconds,
    olderMs: request.olderMs,
    minBytes: request.minBytes,
    ageBy: request.ageBy,
    roots: reportRoots(places.roots, found.bytesOf, lines, request.nowSeconds),
    units: countSpreadLinks(inOrder(units), result),
    small: found.small,
    visibility: { processes: sight.processes, hidden: sight.hidden, asRoot: request.uid === 0 },
    problems,
    complete: problems.count === 0 && !result.interrupted,
    interrupted: result.interrupted,
  };
}

/** What somebody who has scanned the roots already knows. */
export interface Scanned {
  /** With signs of life below the roots that are judged. */
  readonly scan: LivingScanResult;
  /**
   * Its largest files are those with the most bytes on disk, and the roots have so many that not every one can be looked at:
   * what is not among the largest is small, unless it is another name of one of them.
   */
  readonly isRanked: boolean;
  readonly openFiles: OpenFiles;
  /** This namespace's, covered ones included. */
  readonly mounts: readonly Mount[];
}

/**
 * Judges the units of the request's roots in what is scanned already, exactly as `judgeTmp` with the same request would.
 * Undefined where those that could go by anybody's hand, were nobody to hold them, have fewer than `leastBytes`: then nobody is asked.
 * Throws UsageError for a root that is refused.
 */
export async function judgeScanned(
  request: TmpRequest,
  { scan: result, isRanked, openFiles, mounts: allMounts }: Scanned,
  leastBytes: number,
): Promise<readonly TmpUnit[] | undefined> {
  const mounts = visibleMounts(allMounts);
  const places = placesToJudge(request, mounts);
  const ranking = isRanked ? new FileRanking(result.largestFiles) : undefined;
  const surroundings = surroundingsOf(request, places, mounts, readTmpfilesLines(request));
  const named = namedBy(surroundings);
  const find = (held: ReadonlySet<FileId>): FoundUnits =>
    findUnits(request, places, result, held, named, ranking);
  const promising = find(new Set()).units.filter((unit) => couldGo(unit, surroundings));
  if (promising.reduce((sum, { diskBytes }) => sum + diskBytes, 0) < leastBytes) return undefined;
  const roots = directoriesToScan(places);
  const holdings = new Holdings(
    allMounts,
    roots.map(({ path }) => path),
    devicesOf(roots),
    openFiles,
  );
  const sight = sightOf(openFiles, request.uid);
  const found = find(holdings.inodes());
  const owners = ownersOf(request, places, mounts, openFiles);
  const units = await judgeUnits(found.units, { ...surroundings, holdings, sight, owners }, undefined);
  return countSpreadLinks(inOrder(units), result);
}

/** @param mounts visible ones. */
function ownersOf(
  { uid, environment }: TmpRequest,
  { matcher }: Places,
  mounts: readonly Mount[],
  openFiles: OpenFiles,
): OwnerAdvice {
  const world = createWorld({
    isRoot: uid === 0,
    openFiles: () => openFiles,
    mounts,
    matcher,
    programs: programDirectories(environment['PATH']),
  });
  return new OwnerAdvice(world, readUserAccounts());
}

/** The inodes that `--keep` and tmpfiles.d speak of. */
function namedBy({ keeps, exclusions }: ReturnType<typeof surroundingsOf>): ReadonlySet<FileId> {
  return new Set([...keeps.ids.keys(), ...exclusions.ids.keys()]);
}

/** Filesystems whose files show another device number than locks do: subvolumes of btrfs. */
function devicesOf(roots: readonly Root[]): [number, number][] {
  return roots.flatMap(({ mount, stat }) => {
    if (!mount) return [];
    const [own, shown] = [deviceNumber(mount.device), kernelDevice(stat.dev)];
    return own === shown ? [] : [[own, shown] as [number, number]];
  });
}
