/**
 * What lies in a directory for temporary files, untouched for days and held by nobody: judged by the judge of
 * `diskwhy tmp`, so that the command frees what is promised here.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { judgeScanned, TEMP_DIRECTORIES } from '../../tmp/tmp.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { mayBeStale, staleTempRequest } from './stale-temp-request.ts';
import { staleTempFinding } from './stale-temp-words.ts';

export const staleTemp: Rule = {
  name: 'stale-temp',
  find: async (facts, claims) => {
    const findings: Finding[] = [];
    for (const path of Object.values(TEMP_DIRECTORIES).flat()) {
      const directory = facts.scan.tree.find(path);
      if (directory !== undefined) findings.push(...(await findIn(path, directory, facts, claims)));
    }
    return findings;
  },
};

async function findIn(path: ByteString, directory: number, facts: Facts, claims: Claims): Promise<Finding[]> {
  // Judging is worth it only where there is something to gain.
  if (!mayBeStale(directory, facts)) return [];
  const request = staleTempRequest(path, directory, facts);
  const units = await judge(request, facts);
  const free = units.filter(({ verdict }) => verdict === 'deletable');
  const others = units.filter((unit) => isOthers(unit, request));
  const stale = [...free, ...others].toSorted((a, b) => b.diskBytes - a.diskBytes);
  const diskBytes = sumOf(stale);
  if (diskBytes < facts.worthBytes) return [];
  return [
    staleTempFinding({
      directory: path,
      stale,
      others,
      olderMs: wholeDays(Math.min(...stale.map(({ ageMs = 0 }) => ageMs))),
      diskBytes,
      claimedBytes: stale.reduce((sum, unit) => sum + claim(unit, directory, facts, claims), 0),
      freeableBytes: free.reduce((sum, unit) => sum + unit.freeableBytes, 0),
      inMemory: mountOf(facts.mounts, path)?.kind === 'memory',
      hiddenProcesses: facts.openFiles.hiddenPids.length,
      request,
    }),
  ];
}

async function judge(request: TmpRequest, facts: Facts): Promise<readonly TmpUnit[]> {
  const { scan, openFiles, allMounts: mounts, worthBytes } = facts;
  const scanned = { scan, ranksByDisk: !facts.request.apparent, openFiles, mounts };
  try {
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

const DAY_MS = 86_400_000;

/** Rounded down, so that everything is older than that. */
function wholeDays(ageMs: number): number {
  return Math.floor(ageMs / DAY_MS) * DAY_MS;
}
