/** Directories with so many entries that listing, deleting and backing them up crawls, and those left large when emptied. */
import { ageText } from '../../model/age.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { sampleNames } from '../../system/directories/directory-names.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import { directEntries, highest } from './direct-entries.ts';
import { namePatterns } from './name-pattern.ts';
import type { NamePattern } from './name-pattern.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

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
        crowdedFinding(directory, direct.files[directory], direct.diskBytes[directory], facts, claims),
      ),
      ...swollen.slice(0, MOST_FINDINGS).map((one) => swollenFinding(one, direct.files, facts, claims)),
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

function crowdedFinding(
  directory: number,
  entries: number,
  bytes: number,
  { scan, nowSeconds }: Facts,
  claims: Claims,
): Finding {
  const path = scan.tree.path(directory);
  const names = sampleNames(path, SAMPLE);
  const patterns = namePatterns(names).slice(0, MOST_PATTERNS);
  const inodeBytes = namedFile(path)?.diskBytes ?? 0;
  const claim = claims.part(directory, bytes);
  return {
    rule: 'huge-directory',
    title: 'huge directory',
    ...claim,
    freeableBytes: 0,
    paths: [path],
    evidence: [
      `${countOf(entries, 'file')} lie directly in ${quoted(path)} with ${sizeText(bytes)}${inodeBytes >= 2 ** 20 ? `; their names alone take ${sizeText(inodeBytes)}` : ''}`,
      ...patternText(patterns, names.length),
      `the latest change was ${ageText(nowSeconds - scan.tree.columns.newest[directory])} ago`,
    ],
    remedy: removal(path, patterns[0], names.length),
    risk: 'review',
  };
}

function patternText(patterns: readonly NamePattern[], sampled: number): string[] {
  if (patterns.length === 0) return [];
  const shares = patterns.map(
    ({ glob, count }) => `${quoted(fromText(glob))} ${Math.round((100 * count) / sampled)} %`,
  );
  return [`of ${sampled.toLocaleString('en-US')} names looked at: ${shares.join(', ')}`];
}

function removal(path: ByteString, pattern: NamePattern | undefined, sampled: number): Finding['remedy'] {
  // A pattern that few share, or that matches anything, is nobody's to delete by.
  const certain = pattern !== undefined && pattern.count >= sampled / 2 && /[A-Za-z]{2}/u.test(pattern.glob);
  return {
    text: 'find out who writes them and stop it; then delete those no longer needed, which rm * cannot do with so many names (see first: the same command without -delete)',
    command: certain
      ? `find ${shellWord(path)} -xdev -maxdepth 1 -type f -name ${shellWord(fromText(pattern.glob))} -mtime +7 -delete`
      : `ls -U ${shellWord(path)} | head -50`,
  };
}

function swollenFinding(
  { directory, inodeBytes }: { readonly directory: number; readonly inodeBytes: number },
  files: Float64Array,
  { scan }: Facts,
  claims: Claims,
): Finding {
  const path = scan.tree.path(directory);
  return {
    rule: 'huge-directory',
    title: 'directory left large',
    ...claims.part(directory, inodeBytes),
    freeableBytes: 0,
    paths: [path],
    evidence: [
      `the list of names of ${quoted(path)} takes ${sizeText(inodeBytes)} for ${countOf(files[directory], 'file')}: it once held many more`,
    ],
    remedy: {
      text: 'ext4 never makes a directory smaller: move what is in it to a new one and delete the old, or run e2fsck -D while it is not mounted',
      command: undefined,
    },
    risk: 'review',
  };
}
