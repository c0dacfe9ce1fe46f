/** SQL databases. */
import type { RelationalStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const relational: Readonly<Record<RelationalStore, StoreWords>> = {
  postgresql: {
    name: 'PostgreSQL databases',
    gives:
      'drop or truncate tables nobody needs; deleted rows come back only with VACUUM FULL, which needs room for a copy of the table; what queries spill comes back when they end (temp_file_limit caps it)',
    never: 'a file deleted here by hand ruins the cluster',
  },
  'postgresql-wal': {
    name: 'PostgreSQL write-ahead log',
    gives:
      'find what holds it back: a replication slot nobody reads, archive_command that fails, wal_keep_size; then the server removes segments itself',
    never: 'never delete a segment by hand: it ruins the cluster',
  },
  'postgresql-wal-archive': {
    name: 'PostgreSQL WAL archive',
    gives:
      'name the oldest segment that a base backup you keep still needs (it stands in the .backup file), look at what would go, then let pg_archivecleanup remove what is older',
    never: 'each segment deleted from the middle is a gap that no restore gets over',
  },
  pgbackrest: {
    name: 'pgBackRest repository',
    gives:
      'lower repo-retention-full and repo-retention-archive, then let pgbackrest expire what is beyond them',
    never: 'backups here are built on one another: never delete a directory by hand',
  },
  barman: {
    name: 'Barman backups',
    gives:
      'delete the oldest backup of a server with barman, or set retention_policy; WAL it needed goes with it',
    never: 'never delete WAL or base directories by hand: later backups need them',
  },
  mysql: {
    name: 'MySQL or MariaDB databases',
    gives:
      'drop or truncate tables nobody needs; deleted rows come back with OPTIMIZE TABLE, which needs room for a copy of the table',
    never:
      'never delete, truncate or copy over ibdata, redo, undo or .ibd files: the server then loses all of it',
  },
  'mysql-physical-backup': {
    name: 'physical backup of MySQL or MariaDB',
    gives:
      'see whether a newer backup was restored once; incremental ones are built on it; then remove it as a whole where backups are kept',
    never: 'a part of it deleted makes it useless',
  },
  oracle: {
    name: 'Oracle database',
    gives:
      "let RMAN remove archived redo logs: BACKUP ARCHIVELOG ALL DELETE INPUT, or DELETE ARCHIVELOG UNTIL TIME 'SYSDATE-3' BACKED UP 1 TIMES TO DISK; after a deletion by hand CROSSCHECK ARCHIVELOG ALL",
    never:
      'never delete or empty .arc, .dbf, .ctl or redo*.log by hand: recovery and standbys need them, and the recovery area goes on counting them',
  },
  'sql-server': {
    name: 'SQL Server databases',
    gives:
      'see what holds the log back (log_reuse_wait_desc): usually a log backup that is missing; after it DBCC SHRINKFILE gives space back',
    never: 'never delete or truncate .mdf, .ndf or .ldf files',
  },
  db2: {
    name: 'Db2 databases',
    gives: 'archive logs that a backup has made unnecessary go with PRUNE LOGFILE or auto_del_rec_obj',
    never: 'never delete active logs or containers: the database cannot be opened any more',
  },
  clickhouse: {
    name: 'ClickHouse tables',
    gives:
      'truncate its own system.*_log tables and give them a TTL in config.d; drop partitions or set a TTL for others; max_table_size_to_drop guards large ones',
    never: 'never delete anything below store/: parts are registered, the server then refuses the table',
  },
  cockroachdb: {
    name: 'CockroachDB store',
    gives:
      'drop what nobody needs; old versions stay for gc.ttlseconds (4 hours unless set), so lower that while the disk is full',
    never: 'never delete files of a store by hand: the node does not start any more',
  },
  tikv: {
    name: 'TiKV store',
    gives: 'drop or truncate tables; space comes back after tidb_gc_life_time and a compaction',
    never: 'never delete files of a store by hand',
  },
};
