/** What rules say, by rule: adding a rule is its file and a line here. */
import type { DeletedOpenFacts } from './deleted-open.ts';
import type { PackageCacheFacts } from './package-cache.ts';
import type { QuotaFacts } from './quota.ts';
import type { ReservedBlocksFacts } from './reserved-blocks.ts';
import type { ThinPoolFullFacts } from './thin-pool-full.ts';
import type { TrashFacts } from './trash.ts';
import type { MountAwayFacts } from './mount-away.ts';
import type { MailboxFacts } from './mailbox.ts';
import type { LoginRecordsFacts } from './login-records.ts';
import type { ManyFilesFacts } from './many-files.ts';
import type { UnfinishedFilesFacts } from './unfinished-files.ts';
import type { BackupGenerationsFacts } from './backup-generations.ts';
import type { DeletedLoopImageFacts } from './deleted-loop-image.ts';
import type { DirectoryIndexFullFacts } from './directory-index-full.ts';
import type { BtrfsMetadataFullFacts } from './btrfs-metadata-full.ts';

export type RuleFacts =
  | MountAwayFacts
  | MailboxFacts
  | LoginRecordsFacts
  | ManyFilesFacts
  | UnfinishedFilesFacts
  | BackupGenerationsFacts
  | DeletedLoopImageFacts
  | DirectoryIndexFullFacts
  | BtrfsMetadataFullFacts
  | DeletedOpenFacts
  | PackageCacheFacts
  | QuotaFacts
  | ReservedBlocksFacts
  | ThinPoolFullFacts
  | TrashFacts;
