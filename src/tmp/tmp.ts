/** The door of the room: finds stale temporary files and caches, and says of each unit whether it may go and why. */
import { deviceNumber, fileId, kernelDevice } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import type { TmpReport, TmpUnit } from '../model/tmp-report.ts';
import { HeldInodes, planBoundaries, scan, visibleMounts } from '../scan/scan.ts';
import type { LivingScanResult, Root, ScanHooks } from '../scan/scan.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { createExcluder } from '../system/files/exclude.ts';
import { expandGlob } from '../system/files/glob.ts';
import { readMounts } from '../system/mounts/mounts.ts';
import { tmpfilesSpecifier } from '../system/services/tmpfiles-specifiers.ts';
import { joinFamilies, judge, probed } from './judgement/judgement.ts';
import { Exclusions } from './protection/protection.ts';
import { inOrder, problemsThatMatter, reportRoots } from './report/report.ts';
import { directoriesToScan, placesToJudge } from './roots/roots.ts';
import { readTmpfilesLines } from './tmpfiles/tmpfiles.ts';
import type { TmpRequest } from './tmp-request.ts';
import { findUnits } from './units/units.ts';
import { Holdings, sightOf } from './use/use.ts';

export type { TmpRequest } from './tmp-request.ts';

/** Judges every unit. Nothing is changed anywhere; throws UsageError for a root that is refused. */
export async function judgeTmp(request: TmpRequest, hooks: ScanHooks = {}): Promise<TmpReport> {
  const allMounts = readMounts();
  const mounts = visibleMounts(allMounts);
  const places = placesToJudge(request, mounts);
  const roots = directoriesToScan(places);
  const holdings = new Holdings(allMounts, devicesOf(roots));
  const inodes = holdings.inodes();
  const held: ReadonlySet<FileId> = new Set(
    inodes.map((one) => fileId(one.device, one.inodeHigh, one.inodeLow)),
  );
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
      life: { uid: request.uid, held: HeldInodes.of(inodes).memory },
    },
    { ...hooks, readHeld: () => held },
  );

  const found = findUnits(request, places, result, held);
  const lines = readTmpfilesLines();
  const sight = sightOf(holdings.open, request.uid);
  const bench = {
    request,
    exclusions: new Exclusions(lines, (unit, pattern) => expandGlob(unit, pattern, 'any')),
    keep: createExcluder(request.keep),
    mounts,
    bootId: tmpfilesSpecifier('b'),
    roots: places.roots,
    known: places.known,
    homes: places.household.homes,
    holdings,
    sight,
    namesIn: directoryNames,
  };
  const judged: TmpUnit[] = [];
  const probing = { sight, uid: request.uid, roots: places.roots, signal: hooks.signal };
  for (const unit of found.units) judged.push(await probed(unit, judge(unit, bench), probing));
  const problems = problemsThatMatter(
    result.problems,
    judged,
    places.temporary.map(({ path }) => path),
  );
  return {
    generatedAt: request.nowSeconds,
    olderMs: request.olderMs,
    minBytes: request.minBytes,
    ageBy: request.ageBy,
    roots: reportRoots(places.roots, found.bytesOf, lines, request.nowSeconds),
    units: inOrder(joinFamilies(judged)),
    small: found.small,
    visibility: { processes: sight.processes, hidden: sight.hidden, asRoot: request.uid === 0 },
    problems,
    complete: problems.count === 0 && !result.interrupted,
    interrupted: result.interrupted,
  };
}

/** Filesystems whose files show another device number than locks do: subvolumes of btrfs. */
function devicesOf(roots: readonly Root[]): [number, number][] {
  return roots.flatMap(({ mount, stat }) => {
    if (!mount) return [];
    const [own, shown] = [deviceNumber(mount.device), kernelDevice(stat.dev)];
    return own === shown ? [] : [[own, shown] as [number, number]];
  });
}
