/** A filesystem that runs out of inodes: no file can be made although there is space, and where the many files are. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Facts } from '../facts.ts';
import { directEntries, highest } from './direct-entries.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

export const inodesExhausted: Rule = {
  name: 'inodes-exhausted',
  find: (facts) => facts.filesystems.filter(isExhausted).map((filesystem) => findingOf(filesystem, facts)),
};

const SCARCE_SHARE = 0.9;
/** xfs makes inodes of free space: where that is gone they are gone with it, and are not the trouble. */
const SPACE_SHARE = 0.05;

function isExhausted({ type, inodes, inodesUsed, availableBytes, totalBytes }: Filesystem): boolean {
  if (inodes === 0 || inodesUsed < inodes * SCARCE_SHARE) return false;
  return type !== 'xfs' || availableBytes >= totalBytes * SPACE_SHARE;
}

const MOST_DIRECTORIES = 5;

function findingOf(filesystem: Filesystem, { scan, mounts }: Facts): Finding {
  const { mountPoint, inodes, inodesUsed, availableBytes, ledger } = filesystem;
  const { files } = directEntries(scan.tree);
  const crowded = highest(files, MOST_CANDIDATES, LEAST_FILES)
    .map((directory) => ({ path: scan.tree.path(directory), count: files[directory] }))
    .filter(({ path }) => mountOf(mounts, path)?.mountPoint === mountPoint)
    .slice(0, MOST_DIRECTORIES);
  const share = Math.floor((100 * inodesUsed) / inodes);
  const left = inodes - inodesUsed;
  return {
    rule: 'inodes-exhausted',
    title: 'inodes run out',
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: crowded.map(({ path }) => path),
    evidence: [
      `${share} % of the inodes of ${quoted(mountPoint)} are used (${countOf(inodesUsed, 'file')}): ${
        left === 0 ? 'none is left' : `${countOf(left, 'file')} more can be made`
      }, although ${sizeText(availableBytes)} are free`,
      ...(crowded.length === 0
        ? []
        : [
            `${ledger.scope === 'path' ? 'in the part that was looked at ' : ''}most lie in ${crowded.map(({ path, count }) => `${quoted(path)} (${count.toLocaleString('en-US')})`).join(', ')}`,
          ]),
    ],
    remedy:
      crowded.length === 0
        ? {
            text: `find where they are`,
            command: `du --inodes -xS ${shellWord(mountPoint)} | sort -rn | head`,
          }
        : {
            text: `delete files that nobody needs in ${quoted(crowded[0].path)}: every one gives an inode back, whatever its size`,
            command: `ls -U ${shellWord(crowded[0].path)} | head -20`,
          },
    risk: 'review',
    ...(left === 0 ? { urgent: true } : {}),
  };
}

const MOST_CANDIDATES = 100;
const LEAST_FILES = 100;
