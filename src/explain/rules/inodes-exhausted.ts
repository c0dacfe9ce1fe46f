/** A filesystem that runs out of inodes: no file can be made although there is space, and where the many files are. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Facts } from '../facts.ts';
import { directEntries, highest } from './direct-entries.ts';
import { looking } from './looking.ts';
import type { Rule } from './rule.ts';

export const inodesExhausted: Rule = {
  name: 'inodes-exhausted',
  find: (facts) => facts.filesystems.filter(isExhausted).map((filesystem) => proposalOf(filesystem, facts)),
};

const SCARCE_SHARE = 0.9;
/** What is left goes with the next files. */
const GONE_SHARE = 0.98;
/** xfs makes inodes of free space: where that is gone they are gone with it, and are not the trouble. */
const SPACE_SHARE = 0.05;

function isExhausted({ type, inodes, inodesUsed, availableBytes, totalBytes }: Filesystem): boolean {
  if (inodes === 0 || inodesUsed < inodes * SCARCE_SHARE) return false;
  return type !== 'xfs' || availableBytes >= totalBytes * SPACE_SHARE;
}

const MOST_DIRECTORIES = 5;

function proposalOf(filesystem: Filesystem, { scan, mounts }: Facts): Proposal {
  const { mountPoint, inodes, inodesUsed, availableBytes, ledger } = filesystem;
  const { files } = directEntries(scan.tree);
  const crowded = highest(files, MOST_CANDIDATES, LEAST_FILES)
    .map((directory) => ({ path: scan.tree.path(directory), files: files[directory] }))
    .filter(({ path }) => mountOf(mounts, path)?.mountPoint === mountPoint)
    .slice(0, MOST_DIRECTORIES);
  return {
    rule: 'inodes-exhausted',
    mountPoint,
    inodes,
    inodesUsed,
    availableBytes,
    crowded,
    isPart: ledger.scope === 'path',
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: crowded.map(({ path }) => path),
    actions: [
      crowded.length === 0
        ? looking('diskwhy', '--filesystem', mountPoint)
        : looking('ls', '-U', crowded[0].path),
    ],
    risk: 'review',
    ...(inodesUsed >= inodes * GONE_SHARE ? { urgent: true } : {}),
  };
}

const MOST_CANDIDATES = 100;
const LEAST_FILES = 100;
