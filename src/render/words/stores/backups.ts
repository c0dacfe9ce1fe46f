/** Backup programs. */
import type { BackupStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const backups: Readonly<Record<BackupStore, StoreWords>> = {
  borg: {
    name: 'Borg repository',
    gives: 'prune archives, then compact: pruning alone frees nothing',
    never: 'never delete segments below data/: every archive may need them',
  },
  'wal-g': {
    name: 'WAL-G backups',
    gives:
      'let wal-g delete retain keep the last few full backups, the WAL before them goes as well; without --confirm it only says what it would do',
    never: 'never delete below wal_005 or basebackups_005 by hand, nor with pg_archivecleanup',
  },
  restic: {
    name: 'restic repository',
    gives: 'forget old snapshots with --prune; an interrupted one leaves a lock (restic unlock)',
    never: 'never delete packs below data/: every snapshot may need them',
  },
  kopia: {
    name: 'Kopia repository',
    gives: 'expire snapshots by policy, then run full maintenance: it frees a day after nothing needs a blob',
    never: 'never delete blobs by hand',
  },
  duplicity: {
    name: 'duplicity backups',
    gives: 'remove all but the last full chains',
    never: 'never delete volumes of a chain by hand: all later increments need them',
  },
  duplicati: {
    name: 'Duplicati backups',
    gives: 'set a retention policy and compact',
    never: 'never delete dblock files by hand',
  },
  'rdiff-backup': {
    name: 'rdiff-backup mirror and increments',
    gives: 'remove increments that are older than you need',
    never: 'never delete below rdiff-backup-data by hand: older states are built from newer ones',
  },
  rsnapshot: {
    name: 'rsnapshot snapshots',
    gives:
      'lower retain in rsnapshot.conf: the next rotation then drops the oldest; a single snapshot gives back only what no other shares',
    never: 'the newest stays',
  },
  backuppc: {
    name: 'BackupPC pool',
    gives:
      'lower FullKeepCnt and IncrKeepCnt or delete backups of a host; BackupPC_nightly then clears the pool',
    never: 'never delete below cpool/ or pc/ by hand',
  },
  timeshift: {
    name: 'Timeshift snapshots',
    gives: 'delete old snapshots with timeshift: each gives back only what no other shares',
    never: 'never delete below snapshots/ with rm: the hard links there are files of others too',
  },
  snapper: {
    name: 'snapper snapshots',
    gives:
      'delete old snapshots with snapper: they share their blocks with the live system and with one another, so each gives back only what is nowhere else',
    never: 'files in them are read-only copies, not files to delete',
  },
  'time-machine': {
    name: 'Time Machine backup',
    gives:
      'delete old backups on the Mac itself, or give the share a quota: Time Machine then thins them out',
    never: 'never delete bands by hand: the whole backup is lost',
  },
  bacula: {
    name: 'Bacula or Bareos volumes',
    gives:
      'shorten Volume Retention and let volumes be pruned, recycled and truncated (bconsole: prune, purge, truncate)',
    never: 'never delete a volume by hand: the catalogue still counts on it',
  },
  urbackup: {
    name: 'UrBackup backups',
    gives: 'keep fewer file and image backups in its settings; its nightly cleanup then removes them',
    never: 'never delete in its folders by hand: backups share files',
  },
};
