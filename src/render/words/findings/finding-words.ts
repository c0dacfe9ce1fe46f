/** What is said of a finding, by its rule: adding a rule is its file here and a line. */
import type { Finding, FindingOf, RuleName } from '../../../model/finding.ts';
import { appCacheWords } from './app-cache.ts';
import { backupGenerationsWords } from './backup-generations.ts';
import { bigFileWords } from './big-file.ts';
import { btrfsMetadataFullWords } from './btrfs-metadata-full.ts';
import { buildTreesWords } from './build-trees.ts';
import { containerStorageWords } from './container-storage.ts';
import { coreDumpsWords } from './core-dumps.ts';
import { databaseLogsWords } from './database-logs.ts';
import { deletedLoopImageWords } from './deleted-loop-image.ts';
import { deletedOpenWords } from './deleted-open.ts';
import { directoryIndexFullWords } from './directory-index-full.ts';
import { hiddenUnderMountWords } from './hidden-under-mount.ts';
import { hugeDirectoryWords } from './huge-directory.ts';
import { inodesExhaustedWords } from './inodes-exhausted.ts';
import { journaldWords } from './journald.ts';
import { loginRecordsWords } from './login-records.ts';
import { mailboxWords } from './mailbox.ts';
import { manyFilesWords } from './many-files.ts';
import { mountAwayWords } from './mount-away.ts';
import { oldKernelsAndSnapsWords } from './old-kernels-and-snaps.ts';
import { packageCacheWords } from './package-cache.ts';
import { preallocatedOrSparseWords } from './preallocated-or-sparse.ts';
import { quotaWords } from './quota.ts';
import { recentGrowthWords } from './recent-growth.ts';
import { reservedBlocksWords } from './reserved-blocks.ts';
import { rotatedLogsKeptWords } from './rotated-logs-kept.ts';
import { runawayLogWords } from './runaway-log.ts';
import { staleTempWords } from './stale-temp.ts';
import { swapFileWords } from './swap-file.ts';
import { thinPoolFullWords } from './thin-pool-full.ts';
import { tmpfsIsMemoryWords } from './tmpfs-is-memory.ts';
import { trashWords } from './trash.ts';
import { unfinishedFilesWords } from './unfinished-files.ts';
import { unownedFilesWords } from './unowned-files.ts';

/** The sentences of one rule, made from values alone: a better wording can change no figure. No full stops. */
export interface FindingWords<Rule extends RuleName> {
  /** What it is, in a few words. */
  readonly title: (finding: FindingOf<Rule>) => string;
  /** Sentences a person can check, the most telling first. @param nowSeconds since 1970: what ages count from. */
  readonly evidence: (finding: FindingOf<Rule>, nowSeconds: number) => string[];
  /** What to do, as a person would say it; commands stand beside it. */
  readonly advice: (finding: FindingOf<Rule>) => string;
}

const words: { readonly [Rule in RuleName]: FindingWords<Rule> } = {
  'app-cache': appCacheWords,
  'backup-generations': backupGenerationsWords,
  'big-file': bigFileWords,
  'btrfs-metadata-full': btrfsMetadataFullWords,
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
  'package-cache': packageCacheWords,
  'preallocated-or-sparse': preallocatedOrSparseWords,
  quota: quotaWords,
  'recent-growth': recentGrowthWords,
  'reserved-blocks': reservedBlocksWords,
  'rotated-logs-kept': rotatedLogsKeptWords,
  'runaway-log': runawayLogWords,
  'stale-temp': staleTempWords,
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
    evidence: own.evidence(finding, nowSeconds),
    advice: own.advice(finding),
  };
}
