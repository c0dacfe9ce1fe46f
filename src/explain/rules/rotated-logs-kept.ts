/** Generations of logs that nobody writes any more: how many are kept, by which setting, and how many of them are packed. */
import { ageText } from '../../model/age.ts';
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { useOfPath } from '../../scan/scan.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import { readRotationRules, rotationRuleOf } from '../../system/services/logrotate.ts';
import type { RotationRule } from '../../system/services/logrotate.ts';
import type { Facts } from '../facts.ts';
import { generationOf } from '../log-candidates.ts';
import { claimFiles, unclaimedFiles } from './claim-files.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

/** Reading a directory costs a call per file: only those with this part of a worthy finding, and only so many. */
const LOOK_SHARE = 1 / 8;
const MOST_DIRECTORIES = 30;
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
      .map((group) => findingOf(group, rules, facts, claims));
  },
};

/** Directories of logs with enough in files of their own, the largest first. */
function logDirectories({ scan: { tree }, worthBytes }: Facts, claims: Claims): number[] {
  const { count, diskBytes } = tree.columns;
  const found: { directory: number; ownBytes: number }[] = [];
  for (let directory = 1; directory < count; directory++) {
    if (diskBytes[directory] < worthBytes * LOOK_SHARE || tree.isFileRoot(directory)) continue;
    const below = tree.children(directory).reduce((sum, child) => sum + diskBytes[child], 0);
    const ownBytes = diskBytes[directory] - below;
    if (ownBytes < worthBytes * LOOK_SHARE || claims.isClaimed(directory)) continue;
    if (useOfPath(tree.path(directory)).use === 'logs') found.push({ directory, ownBytes });
  }
  return found
    .toSorted((a, b) => b.ownBytes - a.ownBytes)
    .slice(0, MOST_DIRECTORIES)
    .map(({ directory }) => directory);
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
    names.has(base) || base.endsWith('.log') || files.length > 1
      ? files.filter(
          ({ modifiedAt, name }) => modifiedAt < facts.nowSeconds - DAY_SECONDS || isNumbered(name),
        )
      : [],
  );
  const files = unclaimedFiles(facts, claims, directory, rotated).toSorted(
    (a, b) => b.diskBytes - a.diskBytes,
  );
  return { directory, path, files, diskBytes: files.reduce((sum, file) => sum + file.diskBytes, 0) };
}

/** Renamed when it was rotated, so nobody writes it any more, or only until the writer is told. */
function isNumbered(name: ByteString): boolean {
  return /\.(?:\d{1,3}(?:\.log)?|old)(?:\.\w+)?$|\.(?:gz|xz|bz2|zst|lz4|Z)$/u.test(name);
}

function findingOf(
  group: readonly Kept[],
  rules: readonly RotationRule[],
  facts: Facts,
  claims: Claims,
): Finding {
  let diskBytes = 0;
  let claimedBytes = 0;
  for (const { directory, files } of group) {
    const claim = claimFiles(facts, claims, directory, files);
    diskBytes += claim.diskBytes;
    claimedBytes += claim.claimedBytes;
  }
  const files = group.flatMap((kept) => kept.files).toSorted((a, b) => b.diskBytes - a.diskBytes);
  const freeableBytes = files.reduce((sum, file) => sum + (file.links === 1 ? file.diskBytes : 0), 0);
  const [{ path }] = group;
  const rule = rotationOf(group[0], rules);
  return {
    rule: 'rotated-logs-kept',
    title: 'rotated logs kept',
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths:
      group.length > 1
        ? group.map((kept) => kept.path)
        : [path, ...files.slice(0, MOST_PATHS).map((file) => file.path)],
    evidence: [
      countText(group, files, facts),
      rule === undefined
        ? `no rule of logrotate names ${group.length > 1 ? 'most of them' : 'them'}: the program that writes them keeps them`
        : `${quoted(rule.configuration)} keeps ${rule.rotate} of each${rule.schedule === undefined ? '' : `, ${rule.schedule}`}${rule.compress ? '' : ', not compressed'}`,
      ...packedText(files),
    ],
    remedy: {
      text:
        rule === undefined
          ? 'look at the oldest, delete what nobody has to keep (add -delete), and have the program or logrotate keep fewer'
          : `lower \`rotate ${rule.rotate}\` in ${quoted(rule.configuration)}${rule.compress ? '' : ' and add `compress`'}; look at the oldest and delete what nobody has to keep (add -delete): logrotate leaves those beyond the new number`,
      command: listCommand(group, files, facts),
    },
    risk: 'review',
  };
}

const MOST_PATHS = 20;

function countText(group: readonly Kept[], files: readonly DirectoryFile[], { nowSeconds }: Facts): string {
  const oldest = Math.min(...files.map(({ modifiedAt }) => modifiedAt));
  const bases = new Set(
    group.flatMap((kept) => kept.files.map(({ name }) => kept.path + generationOf(name)!)),
  );
  const where = group.length > 1 ? countOf(group.length, 'directory', 'directories') : quoted(group[0].path);
  return `${countOf(files.length, 'generation')} of ${countOf(bases.size, 'log')} in ${where}, the oldest ${ageText(Math.max(0, nowSeconds - oldest))} old; the largest, ${quoted(files[0].name)}, has ${sizeText(files[0].diskBytes)}`;
}

function packedText(files: readonly DirectoryFile[]): string[] {
  const plain = files.filter(({ name }) => !/\.(?:gz|xz|bz2|zst|lz4|Z)$/u.test(name));
  const bytes = plain.reduce((sum, file) => sum + file.diskBytes, 0);
  return plain.length === 0
    ? []
    : [`${countOf(plain.length, 'of them is', 'of them are')} not compressed: ${sizeText(bytes)}`];
}

/** The rule that rotates most of what is kept here. */
function rotationOf({ path, files }: Kept, rules: readonly RotationRule[]): RotationRule | undefined {
  const base = generationOf(files[0].name);
  return base === undefined ? undefined : rotationRuleOf(rules, joinPath(path, base as ByteString));
}

/** Shows what would be deleted; nothing goes by copying it. */
function listCommand(group: readonly Kept[], files: readonly DirectoryFile[], { nowSeconds }: Facts): string {
  const days =
    [90, 30, 14, 7].find((age) => files.some((file) => file.modifiedAt < nowSeconds - age * DAY_SECONDS)) ??
    0;
  const places = group.slice(0, 5).map(({ path }) => shellWord(path));
  const names = String.raw`\( -name '*.gz' -o -name '*.xz' -o -name '*.[0-9]' -o -name '*.[0-9][0-9]' -o -name '*.old' -o -name '*-20[0-9][0-9]*' \)`;
  return `find ${places.join(' ')} -maxdepth 1 -type f ${names} -mtime +${days} -ls`;
}
