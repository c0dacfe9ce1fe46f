/** What is said of a finding, by its rule: adding a rule is its file in findings/ and a line here. */
import type { Refusal } from '../../model/action.ts';
import type { Finding, RuleName } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import type { FindingWords } from './findings/finding-words.ts';
import { appCacheWords } from './findings/app-cache.ts';
import { backupGenerationsWords } from './findings/backup-generations.ts';
import { bigFileWords } from './findings/big-file.ts';
import { btrfsMetadataFullWords } from './findings/btrfs-metadata-full.ts';
import { btrfsSnapshotsWords } from './findings/btrfs-snapshots.ts';
import { buildTreesWords } from './findings/build-trees.ts';
import { containerStorageWords } from './findings/container-storage.ts';
import { coreDumpsWords } from './findings/core-dumps.ts';
import { databaseLogsWords } from './findings/database-logs.ts';
import { deletedLoopImageWords } from './findings/deleted-loop-image.ts';
import { deletedOpenWords } from './findings/deleted-open.ts';
import { directoryIndexFullWords } from './findings/directory-index-full.ts';
import { hiddenUnderMountWords } from './findings/hidden-under-mount.ts';
import { hugeDirectoryWords } from './findings/huge-directory.ts';
import { inodesExhaustedWords } from './findings/inodes-exhausted.ts';
import { journaldWords } from './findings/journald.ts';
import { loginRecordsWords } from './findings/login-records.ts';
import { mailboxWords } from './findings/mailbox.ts';
import { manyFilesWords } from './findings/many-files.ts';
import { mountAwayWords } from './findings/mount-away.ts';
import { oldKernelsAndSnapsWords } from './findings/old-kernels-and-snaps.ts';
import { oldReleasesWords } from './findings/old-releases.ts';
import { packageCacheWords } from './findings/package-cache.ts';
import { preallocatedOrSparseWords } from './findings/preallocated-or-sparse.ts';
import { quotaWords } from './findings/quota.ts';
import { recentGrowthWords } from './findings/recent-growth.ts';
import { readOnlyByErrorWords } from './findings/read-only-by-error.ts';
import { reservedBlocksWords } from './findings/reserved-blocks.ts';
import { rotatedLogsKeptWords } from './findings/rotated-logs-kept.ts';
import { runawayLogWords } from './findings/runaway-log.ts';
import { staleTempWords } from './findings/stale-temp.ts';
import { storeFindingWords } from './findings/store.ts';
import { swapFileWords } from './findings/swap-file.ts';
import { thinPoolFullWords } from './findings/thin-pool-full.ts';
import { tmpfsIsMemoryWords } from './findings/tmpfs-is-memory.ts';
import { trashWords } from './findings/trash.ts';
import { unfinishedFilesWords } from './findings/unfinished-files.ts';
import { unownedFilesWords } from './findings/unowned-files.ts';

const words: { readonly [Rule in RuleName]: FindingWords<Rule> } = {
  'app-cache': appCacheWords,
  'backup-generations': backupGenerationsWords,
  'big-file': bigFileWords,
  'btrfs-metadata-full': btrfsMetadataFullWords,
  'btrfs-snapshots': btrfsSnapshotsWords,
  'build-trees': buildTreesWords,
  'container-storage': containerStorageWords,
  'core-dumps': coreDumpsWords,
  'database-logs': databaseLogsWords,
  'deleted-loop-image': deletedLoopImageWords,
  'deleted-open': deletedOpenWords,
  'directory-index-full': directoryIndexFullWords,
  'hidden-under-mount': hiddenUnderMountWords,
  'huge-directory': hugeDirectoryWords,
  'inodes-exhausted': inodesExhaustedWords,
  journald: journaldWords,
  'login-records': loginRecordsWords,
  mailbox: mailboxWords,
  'many-files': manyFilesWords,
  'mount-away': mountAwayWords,
  'old-kernels-and-snaps': oldKernelsAndSnapsWords,
  'old-releases': oldReleasesWords,
  'package-cache': packageCacheWords,
  'preallocated-or-sparse': preallocatedOrSparseWords,
  quota: quotaWords,
  'recent-growth': recentGrowthWords,
  'read-only-by-error': readOnlyByErrorWords,
  'reserved-blocks': reservedBlocksWords,
  'rotated-logs-kept': rotatedLogsKeptWords,
  'runaway-log': runawayLogWords,
  'stale-temp': staleTempWords,
  store: storeFindingWords,
  'swap-file': swapFileWords,
  'thin-pool-full': thinPoolFullWords,
  'tmpfs-is-memory': tmpfsIsMemoryWords,
  trash: trashWords,
  'unfinished-files': unfinishedFilesWords,
  'unowned-files': unownedFilesWords,
};

export interface SaidOfFinding {
  readonly title: string;
  readonly evidence: readonly string[];
  readonly advice: string;
}

export function saidOf(finding: Finding, nowSeconds: number): SaidOfFinding {
  // Each rule's words take that rule's findings; TypeScript cannot follow the pairing through the table.
  const own = words[finding.rule] as FindingWords<RuleName>;
  return {
    title: own.title(finding),
    evidence: [
      ...own.evidence(finding, nowSeconds),
      ...sharedText(finding),
      ...elsewhereText(finding),
      ...savedText(finding),
      ...compressedText(finding),
    ],
    advice: keptBackText(finding) + own.advice(finding),
  };
}

/** Where the gate kept back the program's command that the advice is about, under which condition the advice holds. */
function keptBackText({ remedies, refusals }: Finding): string {
  if (remedies.some(({ action }) => action.kind === 'owner-command')) return '';
  const refusal = refusals.find(({ kind }) => kind === 'owner-command');
  return refusal === undefined ? '' : (CONDITIONS[refusal.reason] ?? '');
}

const CONDITIONS: Readonly<Partial<Record<Refusal['reason'], string>>> = {
  'foreign-root': 'not from here; once the system that it belongs to runs: ',
  'another-store':
    'its program keeps its data in another directory now, so its commands do not reach this one; once it uses this one again: ',
};

function elsewhereText({ elsewhereBytes }: Finding): string[] {
  return elsewhereBytes === undefined
    ? []
    : [
        `its files share ${sizeText(elsewhereBytes)} with snapshots or with copies made by reference: so much less comes back when these are deleted`,
      ];
}

function savedText({ savedBytes }: Finding): string[] {
  return savedBytes === undefined
    ? []
    : [`compression saves up to ${sizeText(savedBytes)} of what its files show: so much less comes back`];
}

function sharedText({ sharedBytes }: Finding): string[] {
  return sharedBytes === undefined
    ? []
    : [
        `its files add up to ${sizeText(sharedBytes)} more than the disk has in use: they share extents (snapshots, reflinks), are compressed, or are small and lie in its metadata, so what is deleted may give back less`,
      ];
}

function compressedText({ compression }: Finding): string[] {
  if (compression === undefined) return [];
  const sum = (bytes: 'diskBytes' | 'uncompressedBytes'): string =>
    sizeText(compression.reduce((total, kind) => total + kind[bytes], 0));
  return [`its contents take ${sum('diskBytes')} of the disk instead of ${sum('uncompressedBytes')}`];
}
