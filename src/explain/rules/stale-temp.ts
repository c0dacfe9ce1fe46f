/**
 * What lies in a directory for temporary files, untouched for days and held by nobody: judged by the judge of
 * `diskwhy tmp`, so that the command frees what is promised here.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { judgeScanned, judgeTmp, TEMP_DIRECTORIES } from '../../tmp/tmp.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';
import { areMany, mayBeStale, staleTempRequest } from './stale-temp-request.ts';

export const staleTemp: Rule = {
  name: 'stale-temp',
  find: async (facts, claims) => {
    const findings: Proposal[] = [];
    for (const system of ['', ...facts.otherRoots])
      for (const place of Object.values(TEMP_DIRECTORIES).flat()) {
        const path = (system + place) as ByteString;
        const directory = facts.scan.tree.find(path);
        if (directory !== undefined) findings.push(...(await findIn(path, directory, facts, claims)));
      }
    return findings;
  },
};

async function findIn(
  root: ByteString,
  directory: number,
  facts: Facts,
  claims: Claims,
): Promise<Proposal[]> {
  // Judging is worth it only where there is something to gain.
  if (!mayBeStale(directory, facts)) return [];
  const request = staleTempRequest(root, directory, facts);
  const units = await judge(request, directory, facts);
  const free = units.filter(({ verdict }) => verdict === 'deletable');
  const others = units.filter((unit) => isOthers(unit, request));
  const stale = [...free, ...others].toSorted((a, b) => b.diskBytes - a.diskBytes);
  const diskBytes = sumOf(stale);
  if (diskBytes < facts.worthBytes) return [];
  const [largest] = stale;
  const olderDays = Math.floor(Math.min(...stale.map(({ ageMs = 0 }) => ageMs)) / DAY_MS);
  return [
    {
      rule: 'stale-temp',
      root,
      entries: stale.length,
      olderDays,
      hidden: facts.openFiles.hiddenPids.length,
      isMemory: mountOf(facts.mounts, root)?.kind === 'memory',
      others: others.length,
      othersBytes: sumOf(others),
      largest: largest.path,
      largestBytes: largest.diskBytes,
      largestTouchedAt: facts.nowSeconds - (largest.ageMs ?? 0) / 1000,
      isRoot: facts.isRoot,
      diskBytes,
      claimedBytes: stale.reduce((sum, unit) => sum + claim(unit, directory, facts, claims), 0),
      freeableBytes: bytesBack(free),
      paths: stale.slice(0, MOST_PATHS).map(({ path }) => path),
      actions: free.length === 0 ? [] : [deletion(request, olderDays, bytesBack(free))],
      risk: 'review',
    },
  ];
}

/** The command that lets exactly those go which the judge was asked about. */
function deletion(request: TmpRequest, olderDays: number, bytes: number): Action {
  return {
    kind: 'delete-with-diskwhy',
    roots: request.roots,
    options: [
      ...(request.system ? ['--system'] : []),
      ...(request.allUsers ? ['--all-users'] : []),
      '--older',
      `${olderDays}d`,
      ...(request.minBytes === 0 ? ['--min-size', '0'] : []),
      ...request.keep.flatMap((pattern) => ['--keep', pattern]),
    ],
    frees: { bytes, certainty: 'exact' },
    loses: 'leftovers',
    risk: 'review',
  };
}

async function judge(request: TmpRequest, directory: number, facts: Facts): Promise<readonly TmpUnit[]> {
  const { scan, openFiles, allMounts: mounts, worthBytes } = facts;
  const isRanked = !facts.request.apparent && areMany(directory, facts);
  const scanned = { scan, isRanked, openFiles, mounts };
  const isOwn = Object.values(TEMP_DIRECTORIES).flat().includes(request.roots[0]);
  try {
    // Signs of life are noted by the scan only where this system keeps what is temporary.
    if (!isOwn) return (await judgeTmp(request)).units;
    return (await judgeScanned(request, scanned, worthBytes)) ?? [];
  } catch (error) {
    // A directory that `diskwhy tmp` refuses.
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/** Whether only its owner may delete it, old as it is. */
function isOthers({ reason, ageMs = 0 }: TmpUnit, { olderMs }: TmpRequest): boolean {
  const { code } = reason;
  return (code === 'other-owner' || (code === 'shared-directory' && !reason.ofRoot)) && ageMs > olderMs;
}

function claim({ path, kind, diskBytes }: TmpUnit, above: number, { scan }: Facts, claims: Claims): number {
  const directory = kind === 'directory' ? scan.tree.find(path) : undefined;
  if (directory !== undefined) return claims.directory(directory).claimedBytes;
  const file = scan.largestFiles.find((one) => one.path === path);
  return (file ? claims.file(file) : claims.part(above, diskBytes)).claimedBytes;
}

function sumOf(units: readonly TmpUnit[]): number {
  return units.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

function bytesBack(units: readonly TmpUnit[]): number {
  return units.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
}

const DAY_MS = 86_400_000;
const MOST_PATHS = 50;
