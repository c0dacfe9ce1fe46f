/** Directories with so many entries that listing, deleting and backing them up crawls, and those left large when emptied. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { sampleDirectory } from '../../system/directories/sampled-directory.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { directEntries, highest } from './direct-entries.ts';
import { looking } from '../claims/looking.ts';
import { namePatterns } from './name-pattern.ts';
import type { Rule } from '../claims/rule.ts';

export const hugeDirectory: Rule = {
  name: 'huge-directory',
  find: (facts, claims) => {
    const { tree } = facts.scan;
    const direct = directEntries(tree);
    const crowded = highest(direct.files, MOST_FINDINGS, MANY_ENTRIES).filter(
      (one) => !claims.isClaimed(one),
    );
    const swollen = highest(direct.diskBytes, MOST_CANDIDATES, LARGE_INODE_BYTES).flatMap((directory) => {
      if (crowded.includes(directory) || tree.isFileRoot(directory) || claims.isClaimed(directory)) return [];
      const inodeBytes = namedFile(tree.path(directory))?.diskBytes ?? 0;
      return inodeBytes >= LARGE_INODE_BYTES ? { directory, inodeBytes } : [];
    });
    return [
      ...crowded.map((directory) =>
        crowdedProposal(directory, direct.files[directory], direct.diskBytes[directory], facts, claims),
      ),
      ...swollen.slice(0, MOST_FINDINGS).map((one) => swollenProposal(one, direct.files, facts, claims)),
    ];
  },
};

const MANY_ENTRIES = 200_000;
/** Names take about 40 bytes each in ext4: nearly a million of them. */
const LARGE_INODE_BYTES = 32 * 2 ** 20;
const MOST_FINDINGS = 5;
const MOST_CANDIDATES = 100;
const SAMPLE = 2000;
const MOST_PATTERNS = 3;

function crowdedProposal(
  directory: number,
  entries: number,
  bytes: number,
  { scan, nowSeconds }: Facts,
  claims: Claims,
): Proposal {
  const path = scan.tree.path(directory);
  const names = sampleDirectory(path, SAMPLE).names;
  const patterns = namePatterns(names).slice(0, MOST_PATTERNS);
  const [first] = patterns;
  // A pattern that few share, or that matches anything, tells nothing.
  const isTelling = first !== undefined && first.count >= names.length / 2 && /[A-Za-z]{2}/u.test(first.glob);
  return {
    rule: 'huge-directory',
    kind: 'crowded',
    directory: path,
    files: entries,
    listBytes: namedFile(path)?.diskBytes ?? 0,
    sampled: names.length,
    forms: patterns.map(({ glob, count }) => ({ form: fromText(glob), share: count / names.length })),
    changedAt: scan.tree.columns.newest[directory],
    ...claims.part(directory, bytes),
    freeableBytes: 0,
    paths: [path],
    actions: [
      isTelling
        ? looking(
            'find',
            path,
            '-xdev',
            '-maxdepth',
            '1',
            '-type',
            'f',
            '-name',
            fromText(first.glob),
            ...olderThan(typicalDays(path, names, nowSeconds)),
            '-ls',
          )
        : looking('ls', '-U', path),
    ],
    risk: 'review',
  };
}

/** find(1)'s words for files of at least that age; none where they are younger than a day: such a list would be empty. */
function olderThan(days: number): string[] {
  return days >= 2 ? ['-mtime', `+${days - 1}`] : [];
}

/** Half of the files that were looked at are older, by modification. */
function typicalDays(directory: ByteString, names: readonly ByteString[], nowSeconds: number): number {
  const times = names
    .slice(0, MOST_AGES)
    .flatMap((name) => namedFile(joinPath(directory, name))?.modifiedAt ?? []);
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  return median === undefined ? 0 : Math.floor((nowSeconds - median) / DAY_SECONDS);
}

const MOST_AGES = 200;
const DAY_SECONDS = 86_400;

function swollenProposal(
  { directory, inodeBytes }: { readonly directory: number; readonly inodeBytes: number },
  files: Float64Array,
  { scan }: Facts,
  claims: Claims,
): Proposal {
  const path = scan.tree.path(directory);
  return {
    rule: 'huge-directory',
    kind: 'left-large',
    directory: path,
    files: files[directory],
    listBytes: inodeBytes,
    ...claims.part(directory, inodeBytes),
    freeableBytes: 0,
    paths: [path],
    actions: [],
    risk: 'review',
  };
}
