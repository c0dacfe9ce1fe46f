/** What is said of a finding, by its rule: adding a rule is its file here and a line. */
import type { Finding, FindingOf, RuleName } from '../../../model/finding.ts';
import { deletedOpenWords } from './deleted-open.ts';
import { packageCacheWords } from './package-cache.ts';
import { quotaWords } from './quota.ts';
import { reservedBlocksWords } from './reserved-blocks.ts';
import { mountAwayWords } from './mount-away.ts';
import { mailboxWords } from './mailbox.ts';
import { loginRecordsWords } from './login-records.ts';
import { manyFilesWords } from './many-files.ts';
import { unfinishedFilesWords } from './unfinished-files.ts';
import { backupGenerationsWords } from './backup-generations.ts';
import { deletedLoopImageWords } from './deleted-loop-image.ts';
import { directoryIndexFullWords } from './directory-index-full.ts';
import { btrfsMetadataFullWords } from './btrfs-metadata-full.ts';
import { thinPoolFullWords } from './thin-pool-full.ts';
import { trashWords } from './trash.ts';

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
  'deleted-open': deletedOpenWords,
  'package-cache': packageCacheWords,
  quota: quotaWords,
  'reserved-blocks': reservedBlocksWords,
  'mount-away': mountAwayWords,
  mailbox: mailboxWords,
  'login-records': loginRecordsWords,
  'many-files': manyFilesWords,
  'unfinished-files': unfinishedFilesWords,
  'backup-generations': backupGenerationsWords,
  'deleted-loop-image': deletedLoopImageWords,
  'directory-index-full': directoryIndexFullWords,
  'btrfs-metadata-full': btrfsMetadataFullWords,
  'thin-pool-full': thinPoolFullWords,
  trash: trashWords,
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
