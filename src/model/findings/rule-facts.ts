/** What rules say, by rule: adding a rule is its file and a line here. */
import type { AppCacheFacts } from './app-cache.ts';
import type { BackupGenerationsFacts } from './backup-generations.ts';
import type { BigFileFacts } from './big-file.ts';
import type { BtrfsMetadataFullFacts } from './btrfs-metadata-full.ts';
import type { BtrfsSnapshotsFacts } from './btrfs-snapshots.ts';
import type { BuildTreesFacts } from './build-trees.ts';
import type { ContainerStorageFacts } from './container-storage.ts';
import type { CoreDumpsFacts } from './core-dumps.ts';
import type { DatabaseLogsFacts } from './database-logs.ts';
import type { DeletedLoopImageFacts } from './deleted-loop-image.ts';
import type { DeletedOpenFacts } from './deleted-open.ts';
import type { DirectoryIndexFullFacts } from './directory-index-full.ts';
import type { HiddenUnderMountFacts } from './hidden-under-mount.ts';
import type { HugeDirectoryFacts } from './huge-directory.ts';
import type { InodesExhaustedFacts } from './inodes-exhausted.ts';
import type { JournaldFacts } from './journald.ts';
import type { LoginRecordsFacts } from './login-records.ts';
import type { MailboxFacts } from './mailbox.ts';
import type { ManyFilesFacts } from './many-files.ts';
import type { MountAwayFacts } from './mount-away.ts';
import type { OldKernelsAndSnapsFacts } from './old-kernels-and-snaps.ts';
import type { OldReleasesFacts } from './old-releases.ts';
import type { PackageCacheFacts } from './package-cache.ts';
import type { PreallocatedOrSparseFacts } from './preallocated-or-sparse.ts';
import type { QuotaFacts } from './quota.ts';
import type { ReadOnlyByErrorFacts } from './read-only-by-error.ts';
import type { RecentGrowthFacts } from './recent-growth.ts';
import type { ReservedBlocksFacts } from './reserved-blocks.ts';
import type { RotatedLogsKeptFacts } from './rotated-logs-kept.ts';
import type { RunawayLogFacts } from './runaway-log.ts';
import type { StaleTempFacts } from './stale-temp.ts';
import type { StoreFacts } from './store.ts';
import type { SwapFileFacts } from './swap-file.ts';
import type { ThinPoolFullFacts } from './thin-pool-full.ts';
import type { TmpfsIsMemoryFacts } from './tmpfs-is-memory.ts';
import type { TrashFacts } from './trash.ts';
import type { UnfinishedFilesFacts } from './unfinished-files.ts';
import type { UnownedFilesFacts } from './unowned-files.ts';

export type RuleFacts =
  | AppCacheFacts
  | BackupGenerationsFacts
  | BigFileFacts
  | BtrfsMetadataFullFacts
  | BtrfsSnapshotsFacts
  | BuildTreesFacts
  | ContainerStorageFacts
  | CoreDumpsFacts
  | DatabaseLogsFacts
  | DeletedLoopImageFacts
  | DeletedOpenFacts
  | DirectoryIndexFullFacts
  | HiddenUnderMountFacts
  | HugeDirectoryFacts
  | InodesExhaustedFacts
  | JournaldFacts
  | LoginRecordsFacts
  | MailboxFacts
  | ManyFilesFacts
  | MountAwayFacts
  | OldKernelsAndSnapsFacts
  | OldReleasesFacts
  | PackageCacheFacts
  | PreallocatedOrSparseFacts
  | QuotaFacts
  | ReadOnlyByErrorFacts
  | RecentGrowthFacts
  | ReservedBlocksFacts
  | RotatedLogsKeptFacts
  | RunawayLogFacts
  | StaleTempFacts
  | StoreFacts
  | SwapFileFacts
  | ThinPoolFullFacts
  | TmpfsIsMemoryFacts
  | TrashFacts
  | UnfinishedFilesFacts
  | UnownedFilesFacts;
