/** Generations of logs that nobody writes any more: how many are kept, by which setting, and how many of them are packed. */
import type { Action } from '../../model/action.ts';
import { joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { isLogText, isPackedLogText, PACKED_LOG } from '../../remedies/remedies.ts';
import { useOfPath } from '../../scan/scan.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import { readRotationRules, rotationRuleOf } from '../../system/services/logrotate.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';
import type { Facts } from '../facts.ts';
import { generationOf, isCalledLog } from '../files/log-candidates.ts';
import { isPartOfStore } from '../stores/part-of-store.ts';
import { claimFiles, unclaimedFiles } from '../claims/claim-files.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

/** Reading a directory costs a call per file: only those with this part of a worthy finding, and only so many. */
const LOOK_SHARE = 1 / 8;
const MOST_DIRECTORIES = 30;
/** Fewer tell nothing of a place that is not called one of logs. */
const LEAST_GENERATIONS = 3;
const DAY_SECONDS = 86_400;

/** Rotated logs of one directory. */
interface Kept {
  readonly directory: number;
  readonly path: ByteString;
  readonly files: readonly DirectoryFile[];
  readonly diskBytes: number;
}

export const rotatedLogsKept: Rule = {
  name: 'rotated-logs-kept',
  find: (facts, claims) => {
    const { worthBytes } = facts;
    const kept = logDirectories(facts, claims)
      .map((directory) => keptIn(directory, facts, claims))
      .filter(({ diskBytes }) => diskBytes > 0)
      .toSorted((a, b) => b.diskBytes - a.diskBytes);
    const large = kept.filter(({ diskBytes }) => diskBytes >= worthBytes);
    const rest = kept.filter(({ diskBytes }) => diskBytes < worthBytes);
    const groups = [...large.map((one) => [one]), rest];
    const rules = kept.length > 0 ? readRotationRules() : [];
    return groups
      .filter((group) => group.reduce((sum, { diskBytes }) => sum + diskBytes, 0) >= worthBytes)
      .map((group) => proposalOf(group, rules, facts, claims));
  },
};

/** Directories of logs with enough in files of their own, the largest first. */
function logDirectories({ scan: { tree, largestFiles }, worthBytes }: Facts, claims: Claims): number[] {
  const withGenerations = generationsByDirectory(largestFiles);
  const { count, diskBytes } = tree.columns;
  const found: { directory: number; ownBytes: number }[] = [];
  for (let directory = 1; directory < count; directory++) {
    if (diskBytes[directory] < worthBytes * LOOK_SHARE || tree.isFileRoot(directory)) continue;
    const below = tree.children(directory).reduce((sum, child) => sum + diskBytes[child], 0);
    const ownBytes = diskBytes[directory] - below;
    if (ownBytes < worthBytes * LOOK_SHARE || claims.isClaimed(directory)) continue;
    if (useOfPath(tree.path(directory)).use === 'logs' || isKeptIn(withGenerations.get(directory)))
      found.push({ directory, ownBytes });
  }
  return found
    .toSorted((a, b) => b.ownBytes - a.ownBytes)
    .slice(0, MOST_DIRECTORIES)
    .map(({ directory }) => directory);
}

/** Large files that are called like generations of a log, by where they lie. */
function generationsByDirectory(files: readonly RankedFile[]): Map<number, RankedFile[]> {
  const generations = files.filter(({ name }) => isCalledLog(generationOf(name) ?? ''));
  return Map.groupBy(generations, ({ directory }) => directory);
}

/** Whether a place that is not called one of logs has several, going by the largest. */
function isKeptIn(files: readonly RankedFile[] = []): boolean {
  return files.length >= LEAST_GENERATIONS && files.slice(0, LEAST_GENERATIONS).some(isLog);
}

/** What cannot be unpacked here is one in a place of logs, as for the gate. */
function isLog({ name, path }: Pick<RankedFile, 'name' | 'path'>): boolean {
  if (!PACKED_LOG.test(name)) return isLogText(path);
  return isPackedLogText(path) ?? useOfPath(parentPath(path)).use === 'logs';
}

function keptIn(directory: number, facts: Facts, claims: Claims): Kept {
  const path = facts.scan.tree.path(directory);
  const all = directoryFiles(path);
  const names = new Set<string>(all.map(({ name }) => name));
  const generations = Map.groupBy(all, ({ name }) => generationOf(name));
  generations.delete(undefined);
  // A lone "report.1" is no log: its log stands beside it, or it is called one, or there are several of it. What was
  // written within the last day may be a log that is called by its day.
  const rotated = [...generations].flatMap(([base = '', files]) =>
    names.has(base) || isCalledLog(base) || files.length > 1
      ? files.filter(
          ({ modifiedAt, name }) => modifiedAt < facts.nowSeconds - DAY_SECONDS || isNumbered(name),
        )
      : [],
  );
  const own = rotated.filter(({ name }) => !isPartOfStore(joinPath(path, name), facts));
  const files = unclaimedFiles(facts, claims, directory, own).toSorted((a, b) => b.diskBytes - a.diskBytes);
  return { directory, path, files, diskBytes: files.reduce((sum, file) => sum + file.diskBytes, 0) };
}

/** Renamed when it was rotated, so nobody writes it any more, or only until the writer is told. */
function isNumbered(name: ByteString): boolean {
  return /\.(?:\d{1,3}(?:\.log)?|old)(?:\.\w+)?$|^@/u.test(name) || PACKED_LOG.test(name);
}

function proposalOf(
  group: readonly Kept[],
  rules: readonly RotationRule[],
  facts: Facts,
  claims: Claims,
): Proposal {
  let diskBytes = 0;
  let claimedBytes = 0;
  for (const { directory, files } of group) {
    const claim = claimFiles(facts, claims, directory, files);
    diskBytes += claim.diskBytes;
    claimedBytes += claim.claimedBytes;
  }
  const files = group.flatMap((kept) => kept.files).toSorted((a, b) => b.diskBytes - a.diskBytes);
  const [{ path }] = group;
  const rotation = rotationOf(group[0], rules);
  const plain = files.filter(({ name }) => !PACKED_LOG.test(name));
  const removed = removable(files, facts);
  const freeableBytes = sumOf(removed.filter(({ links }) => links === 1));
  return {
    rule: 'rotated-logs-kept',
    generations: files.length,
    logs: new Set(group.flatMap((kept) => kept.files.map(({ name }) => kept.path + generationOf(name)!)))
      .size,
    directories: group.map((kept) => kept.path),
    oldestAt: Math.min(...files.map(({ modifiedAt }) => modifiedAt)),
    largest: files[0].name,
    largestBytes: files[0].diskBytes,
    uncompressed: plain.length,
    uncompressedBytes: sumOf(plain),
    rotation: rotation && {
      configuration: rotation.configuration,
      schedule: rotation.schedule as ByteString | undefined,
      keeps: rotation.rotate,
      compresses: rotation.compress,
    },
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths:
      group.length > 1
        ? group.map((kept) => kept.path)
        : [path, ...files.slice(0, MOST_PATHS).map((file) => file.path)],
    actions: [listing(group, files, facts), ...removal(removed, freeableBytes)],
    risk: 'review',
  };
}

const MOST_PATHS = 20;
const MOST_REMOVED = 100;
/** Younger ones are what a person looks into when something went wrong. */
const KEPT_DAYS = 7;

function sumOf(files: readonly DirectoryFile[]): number {
  return files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

/** The largest old generations that are logs by what is in them, as many as fit into one command. */
function removable(files: readonly DirectoryFile[], { nowSeconds }: Facts): readonly DirectoryFile[] {
  return files
    .filter(({ modifiedAt }) => modifiedAt < nowSeconds - KEPT_DAYS * DAY_SECONDS)
    .toSorted((a, b) => b.diskBytes - a.diskBytes)
    .slice(0, MOST_REMOVED)
    .filter(isLog);
}

function removal(files: readonly DirectoryFile[], bytes: number): Action[] {
  if (files.length === 0) return [];
  return [
    {
      kind: 'delete-files',
      paths: files.map(({ path }) => path),
      meaning: 'rotated-log',
      frees: { bytes, certainty: 'exact' },
      loses: 'old-generations',
      risk: 'review',
    },
  ];
}

/** The rule that rotates most of what is kept here. */
function rotationOf({ path, files }: Kept, rules: readonly RotationRule[]): RotationRule | undefined {
  const base = generationOf(files[0].name);
  return base === undefined ? undefined : rotationRuleOf(rules, joinPath(path, base as ByteString));
}

/** Shows the older ones, by an age that lists some. */
function listing(group: readonly Kept[], files: readonly DirectoryFile[], { nowSeconds }: Facts): Action {
  const days = [90, 30, 14, 7, 2].find((age) =>
    files.some((file) => file.modifiedAt < nowSeconds - (age + 1) * DAY_SECONDS),
  );
  const names = ['*.gz', '*.xz', '*.[0-9]', '*.[0-9][0-9]', '*.old', '*-20[0-9][0-9]*'];
  const others = [
    ...(files.some(({ name }) => /[._]20\d\d/u.test(name)) ? ['*[._]20[0-9][0-9]*'] : []),
    ...(files.some(({ name }) => name.startsWith('@')) ? ['@*'] : []),
  ];
  return looking(
    'find',
    ...group.slice(0, 5).map(({ path }) => path),
    '-maxdepth',
    '1',
    '-type',
    'f',
    '(',
    ...[...names, ...others].flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name]),
    ')',
    ...(days === undefined ? [] : ['-mtime', `+${days}`]),
    '-ls',
  );
}
