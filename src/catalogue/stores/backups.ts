/** Stores of backup programs: deduplicated, so that the program alone knows what an old generation still holds. */
import type { BackupStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const backups: readonly (StoreEntry & { readonly store: BackupStore })[] = [
  {
    store: 'borg',
    marks: ['README config data'],
    begins: { README: /^This is a Borg/u },
    parts: [['chunk', 'data']],
    levers: [
      { command: 'borg compact {store}', loses: 'nothing' },
      {
        command: 'borg prune --keep-daily 7 --keep-weekly 4 --keep-monthly 6 {store}',
        loses: 'old-generations',
      },
      { command: 'borg info {store}', does: 'shows' },
    ],
    source: 'borgbackup.readthedocs.io: borg compact, borg prune, repository format',
  },
  {
    store: 'wal-g',
    marks: ['basebackups_005 wal_005'],
    parts: [
      ['archived-log', 'wal_005'],
      ['backup', 'basebackups_005/*'],
    ],
    levers: [
      { command: 'wal-g backup-list --detail', does: 'shows', user: 'postgres' },
      { command: 'wal-g delete retain FULL NUMBER --confirm', loses: 'old-generations', user: 'postgres' },
    ],
    source: 'wal-g.readthedocs.io: backup-list, delete retain; storage layout in utility/utility.go',
  },
  {
    store: 'restic',
    marks: ['config data index keys', 'config data keys snapshots'],
    parts: [
      ['chunk', 'data'],
      ['index', 'index'],
      ['snapshot', 'snapshots'],
    ],
    levers: [
      {
        command: 'restic -r {store} forget --keep-daily 7 --keep-weekly 4 --keep-monthly 6 --prune',
        loses: 'old-generations',
      },
      { command: 'restic -r {store} snapshots', does: 'shows' },
    ],
    source: 'restic.readthedocs.io: Removing backup snapshots, repository layout',
  },
  {
    store: 'kopia',
    marks: ['kopia.repository.f', 'kopia.repository'],
    levers: [
      { command: 'kopia maintenance run --full', loses: 'leftovers' },
      { command: 'kopia snapshot list --all', does: 'shows' },
    ],
    source: 'kopia.io/docs: Maintenance, kopia.repository blob',
  },
  {
    store: 'duplicity',
    marks: ['duplicity-full.*', 'duplicity-inc.*'],
    extent: /^duplicity-/u,
    levers: [
      { command: 'duplicity remove-all-but-n-full 2 --force file://{store}', loses: 'old-generations' },
      { command: 'duplicity collection-status file://{store}', does: 'shows' },
    ],
    source: 'duplicity(1): remove-all-but-n-full, collection-status',
  },
  {
    store: 'duplicati',
    marks: ['duplicati-*.dblock.zip*', 'duplicati-*.dlist.zip*'],
    extent: /^duplicati-/u,
    levers: [{ command: 'duplicati-cli compact file://{store}', loses: 'leftovers' }],
    source: 'docs.duplicati.com: command line, compact, retention-policy',
  },
  {
    store: 'rdiff-backup',
    marks: ['rdiff-backup-data'],
    parts: [
      ['version', 'rdiff-backup-data'],
      ['directory', '*'],
    ],
    levers: [
      { command: 'rdiff-backup list increments {store}', does: 'shows' },
      { command: 'rdiff-backup remove increments --older-than 3M {store}', loses: 'old-generations' },
    ],
    source: 'rdiff-backup(1): remove increments, list increments',
  },
  {
    store: 'rsnapshot',
    marks: [
      'daily.[0-9]* weekly.[0-9]*',
      'daily.0 daily.1',
      'hourly.0 hourly.1',
      'alpha.0 alpha.1',
      'beta.0 alpha.0',
    ],
    parts: [['snapshot', '*.[0-9]*']],
    levers: [{ command: 'rsnapshot du', does: 'shows' }],
    source: 'rsnapshot(1): retain, du',
  },
  {
    store: 'backuppc',
    marks: ['cpool pc', 'cpool pool'],
    parts: [
      ['chunk', 'cpool'],
      ['chunk', 'pool'],
      ['backup', 'pc/*'],
    ],
    levers: [
      { command: 'BackupPC_backupDelete -h HOST -n NUMBER', loses: 'old-generations', user: 'backuppc' },
    ],
    source: 'backuppc.github.io: Storage layout, BackupPC_backupDelete',
  },
  {
    store: 'timeshift',
    marks: [
      'timeshift/snapshots',
      'snapshots/*/info.json snapshots-ondemand',
      'timeshift-btrfs',
      'snapshots-daily snapshots-ondemand',
    ],
    parts: [
      ['snapshot', 'timeshift/snapshots/*'],
      ['snapshot', 'snapshots/*'],
      ['snapshot', 'timeshift-btrfs/snapshots/*'],
    ],
    extent: /^(?:timeshift|timeshift-btrfs|snapshots.*)$/u,
    levers: [
      { command: 'timeshift --list', does: 'shows' },
      { command: 'timeshift --delete --snapshot SNAPSHOT', loses: 'old-generations' },
    ],
    source: 'timeshift(1)',
  },
  {
    store: 'snapper',
    marks: ['[0-9]*/info.xml [0-9]*/snapshot', '.snapshots/[0-9]*/info.xml'],
    extent: /^(?:\.snapshots|\d+)$/u,
    parts: [
      ['snapshot', '.snapshots/*'],
      ['snapshot', '[0-9]*'],
    ],
    levers: [
      { command: 'snapper list', does: 'shows' },
      { command: 'snapper delete NUMBER', loses: 'old-generations' },
    ],
    source: 'snapper(8)',
  },
  {
    store: 'time-machine',
    marks: ['bands token', '*.sparsebundle/bands', '*.backupbundle/bands'],
    parts: [['backup', '*bundle']],
    levers: [{ command: 'tmutil delete -d VOLUME -t TIME', loses: 'old-generations' }],
    source: 'tmutil(8); hdiutil(1): sparse bundles',
  },
  {
    store: 'bacula',
    marks: ['*-[0-9][0-9][0-9][0-9]'],
    begins: { '*-[0-9][0-9][0-9][0-9]': /^.{12}BB0[12]/su },
    extent: /-\d{4}$/u,
    levers: [],
    source: 'bacula.org developers guide: Storage Media Output Format; Automatic Volume Recycling',
  },
  {
    store: 'urbackup',
    marks: ['backup_server.db', 'urbackup_tmp_files'],
    parts: [['backup', '*']],
    levers: [{ command: 'urbackupsrv cleanup --amount 10%', loses: 'old-generations' }],
    source: 'urbackup.org administration manual: Cleanup for servers',
  },
];
