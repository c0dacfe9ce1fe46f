/** A filesystem that runs out of inodes: no file can be made although there is space, and where the many files are. */
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { sampleDirectory } from '../../system/directories/sampled-directory.ts';
import { runningPrograms } from '../../system/processes/running-programs.ts';
import { sessionCleaner } from '../../system/services/session-cleaner.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Facts } from '../facts.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

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

function proposalOf(filesystem: Filesystem, { scan, mounts, request }: Facts): Proposal {
  const { mountPoint, inodes, inodesUsed, availableBytes, ledger } = filesystem;
  const crowded = crowdedIn(scan.tree)
    .map((directory) => ({
      path: scan.tree.path(directory),
      files: scan.tree.columns.entries[directory] - 1,
    }))
    .filter(({ path }) => mountOf(mounts, path)?.mountPoint === mountPoint)
    .slice(0, MOST_DIRECTORIES);
  return {
    rule: 'inodes-exhausted',
    mountPoint,
    inodes,
    inodesUsed,
    availableBytes,
    crowded,
    sessionCleaner: crowded.some(({ path }) => holdsSessions(path))
      ? sessionCleaner((request.runningPrograms ?? runningPrograms)())
      : undefined,
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

const LEAST_FILES = 100;
/** Below this share of all, a directory is none of the cause. */
const LEAST_SHARE = 0.05;
/** What its large subdirectories leave of a directory is no cause of its own. */
const MOST_BELOW = 0.5;

/** The deepest directories that hold many of the files together with what lies below them: a cache may spread over thousands. */
function crowdedIn(tree: DirectoryTree): number[] {
  const { entries } = tree.columns;
  const found: number[] = [];
  const waiting = [...tree.children(ABOVE_ROOTS)];
  const least = Math.max(LEAST_FILES, entries[ABOVE_ROOTS] * LEAST_SHARE);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const large = [...tree.children(next)].filter((child) => entries[child] >= least);
    const below = large.reduce((sum, child) => sum + entries[child], 0);
    if (below >= entries[next] * MOST_BELOW) waiting.push(...large);
    else if (entries[next] > least) found.push(next);
  }
  return found.toSorted((a, b) => entries[b] - entries[a]);
}

/** As PHP calls them (session.save_handler files). */
function holdsSessions(directory: ByteString): boolean {
  const names = sampleDirectory(directory, SAMPLE).names;
  return names.length > 0 && names.filter((name) => name.startsWith('sess_')).length > names.length / 2;
}

const SAMPLE = 200;
