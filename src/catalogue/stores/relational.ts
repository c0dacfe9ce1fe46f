/** Stores of SQL databases, their write-ahead logs kept elsewhere, and the backups that their own tools make. */
import type { RelationalStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

/** A write-ahead segment of PostgreSQL: timeline, log, segment. */
const SEGMENT = '[0-9A-F]'.repeat(24);

export const relational: readonly (StoreEntry & { readonly store: RelationalStore })[] = [
  {
    store: 'pgbackrest',
    marks: ['archive/*/archive.info', 'backup/*/backup.info'],
    parts: [
      ['archived-log', 'archive/*'],
      ['backup', 'backup/*/*'],
    ],
    levers: [
      { command: 'pgbackrest --stanza=STANZA expire', loses: 'old-generations', user: 'postgres' },
      { command: 'pgbackrest info', does: 'shows', user: 'postgres' },
    ],
    source: 'pgbackrest.org, command reference: expire, info',
  },
  {
    store: 'barman',
    marks: ['base wals incoming errors', '*/base */wals */errors', 'base/*/backup.info wals'],
    parts: [
      ['archived-log', '*/wals'],
      ['archived-log', 'wals'],
      ['backup', '*/base/*'],
      ['backup', 'base/*'],
    ],
    levers: [
      { command: 'barman delete SERVER oldest', loses: 'old-generations', user: 'barman' },
      { command: 'barman list-backups all', does: 'shows', user: 'barman' },
    ],
    source: 'barman(1)',
  },
  {
    store: 'postgresql-wal',
    marks: [`${SEGMENT} archive_status`],
    levers: [
      {
        command: "psql -c 'SELECT slot_name, active, restart_lsn FROM pg_replication_slots'",
        does: 'shows',
        user: 'postgres',
      },
    ],
    source: 'PostgreSQL manual, Database File Layout: pg_wal',
  },
  {
    store: 'postgresql',
    marks: ['PG_VERSION', 'PG_[0-9]*_[0-9]*'],
    places: ['postgresql-cluster', 'postgresql-temp'],
    programs: ['postgres', 'postmaster'],
    logs: /^(?:pg_)?log\/[^/]+\.(?:log|csv|json)$|^[^/]+\.log$/u,
    levers: [
      {
        command: "psql -d DATABASE -c 'VACUUM FULL TABLE'",
        loses: 'nothing',
        user: 'postgres',
        needsRoom: true,
      },
      {
        command:
          "psql -c 'SELECT oid, datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC'",
        does: 'shows',
        user: 'postgres',
      },
    ],
    configuration: [
      {
        files: ['/etc/postgresql/*/*/postgresql.conf'],
        pattern: /^\s*data_directory\s*=?\s*'([^'\n]+)'/mu,
      },
      { pattern: /\0(?:-D|--pgdata=|--pgdata\0)\0?([^\0]+)/u, environment: 'PGDATA' },
    ],
    source: 'PostgreSQL manual, Database File Layout; VACUUM; Database Object Size Functions',
  },
  {
    store: 'postgresql-wal-archive',
    marks: [SEGMENT, `${SEGMENT}.*`],
    extent: /^[0-9A-F]{8}(?:[0-9A-F]{16}(?:\..*)?|\.history(?:\..*)?)$/u,
    levers: [
      { command: 'pg_archivecleanup -n {store} OLDEST', does: 'shows' },
      { command: 'pg_archivecleanup {store} OLDEST', loses: 'old-generations' },
    ],
    source: 'pg_archivecleanup(1)',
  },
  {
    store: 'mysql-physical-backup',
    marks: ['xtrabackup_checkpoints', 'mariadb_backup_checkpoints', 'xtrabackup_info', 'mariadb_backup_info'],
    parts: [['database', '*']],
    levers: [{ command: 'ls -la {store}', does: 'shows' }],
    source: 'Percona XtraBackup and mariadb-backup manuals: files created',
  },
  {
    store: 'mysql',
    marks: ['ibdata1', 'aria_log_control'],
    places: ['mysql-data', 'innodb-system'],
    programs: ['mysqld', 'mariadbd'],
    logs: /^(?!tc\.log$|ib)[^/]+\.(?:err|log)$/u,
    levers: [
      {
        command: "mysql -e 'OPTIMIZE TABLE DATABASE.TABLE'",
        loses: 'nothing',
        needsRoom: true,
      },
      {
        command:
          "mysql -e 'SELECT table_schema, table_name, data_length + index_length AS bytes, data_free FROM information_schema.tables ORDER BY bytes DESC LIMIT 20'",
        does: 'shows',
      },
    ],
    configuration: [
      {
        files: ['/etc/my.cnf', '/etc/mysql/my.cnf', '/etc/my.cnf.d/*.cnf', '/etc/mysql/*.conf.d/*.cnf'],
        pattern: /^\s*datadir\s*=\s*(\S+)/mu,
      },
      { pattern: /\0--datadir=([^\0]+)/u },
    ],
    source: 'MySQL reference manual: The MySQL Data Directory, OPTIMIZE TABLE; mariadb.com/kb: Aria',
  },
  {
    store: 'oracle',
    marks: [
      '*.dbf *.ctl',
      'oradata diag/rdbms',
      'oradata fast_recovery_area',
      'oradata flash_recovery_area',
      'archivelog/[12][0-9][0-9][0-9]_[0-9][0-9]_[0-9][0-9]',
      '*/archivelog/[12][0-9][0-9][0-9]_[0-9][0-9]_[0-9][0-9]',
      'o1_mf_[0-9]*.arc',
      '[0-9]*_[0-9]*_[0-9]*.arc',
      'rdbms/*/*/alert',
    ],
    programs: ['oracle'],
    logs: /(?:^|\/)trace\/alert_[^/]+\.log$/u,
    parts: [
      ['archived-log', 'archivelog'],
      ['archived-log', '*/archivelog'],
      ['archived-log', '*/*/archivelog'],
      ['snapshot', '*/flashback'],
      ['snapshot', '*/*/flashback'],
      ['backup', '*/backupset'],
      ['backup', '*/*/backupset'],
      ['backup', '*/autobackup'],
      ['backup', '*/*/autobackup'],
      ['redo-log', '*/onlinelog'],
      ['redo-log', '*/*/onlinelog'],
      ['datafile', 'oradata/*'],
      ['log', 'diag'],
      ['log', 'rdbms'],
      ['log', 'admin'],
    ],
    levers: [
      { command: 'rman target /', loses: 'old-generations', user: 'oracle' },
      {
        command: "adrci 'exec=set homepath HOMEPATH; purge -age 10080'",
        loses: 'log-lines',
        user: 'oracle',
      },
    ],
    source: 'Oracle Backup and Recovery Reference: DELETE, BACKUP, CROSSCHECK; ADRCI: purge',
  },
  {
    store: 'sql-server',
    marks: ['*.mdf *.ldf'],
    programs: ['sqlservr'],
    extent: /\.(?:[mnl]df|bak|trn|trc|xel)$/iu,
    logs: /^errorlog(?:\.\d+)?$/u,
    levers: [
      {
        command:
          "sqlcmd -S localhost -U sa -Q 'SELECT name, log_reuse_wait_desc, recovery_model_desc FROM sys.databases'",
        does: 'shows',
      },
      {
        command: "sqlcmd -S localhost -U sa -d DATABASE -Q 'DBCC SHRINKFILE (LOGICAL_NAME, 1024)'",
        loses: 'nothing',
      },
    ],
    source: 'learn.microsoft.com: DBCC SHRINKFILE, sys.databases, sqlcmd',
  },
  {
    store: 'db2',
    marks: ['NODE0000/SQL0000[0-9]', '*/NODE0000/SQL0000[0-9]', 'SQLOGCTL.LFH.1', 'SQLDBCON SQLOGDIR'],
    programs: ['db2sysc'],
    parts: [
      ['database', 'NODE0000/*'],
      ['database', '*/NODE0000/*'],
    ],
    levers: [
      { command: 'db2 list history archive log all for DATABASE', does: 'shows' },
      { command: 'db2 prune logfile prior to LOGFILE', loses: 'old-generations' },
    ],
    source: 'IBM Db2 command reference: PRUNE HISTORY/LOGFILE, LIST HISTORY',
  },
  {
    store: 'clickhouse',
    marks: [
      'metadata store status',
      'metadata store preprocessed_configs',
      'metadata store data',
      'metadata store uuid',
      'metadata data preprocessed_configs',
      'metadata/default.sql data status',
    ],
    places: ['clickhouse-data'],
    programs: ['clickhouse', 'clickhouse-server'],
    levers: [
      {
        command:
          "clickhouse-client -q 'SELECT database, table, formatReadableSize(sum(bytes_on_disk)) FROM system.parts GROUP BY database, table ORDER BY sum(bytes_on_disk) DESC LIMIT 20'",
        does: 'shows',
      },
      { command: "clickhouse-client -q 'TRUNCATE TABLE DATABASE.TABLE'" },
    ],
    configuration: [
      {
        files: ['/etc/clickhouse-server/config.xml', '/etc/clickhouse-server/config.d/*.xml'],
        pattern: /<path>([^<]+)<\/path>/u,
      },
    ],
    source: 'clickhouse.com/docs: system tables, TRUNCATE, TTL',
  },
  {
    store: 'cockroachdb',
    marks: ['STORAGE_MIN_VERSION auxiliary', 'COCKROACHDB_VERSION MANIFEST-*', 'cockroach-temp*'],
    programs: ['cockroach'],
    levers: [
      {
        command: "cockroach sql -e 'ALTER DATABASE DATABASE CONFIGURE ZONE USING gc.ttlseconds = 600'",
        loses: 'old-generations',
      },
      { command: 'cockroach node status --stats', does: 'shows' },
    ],
    source: 'cockroachlabs.com/docs: cockroach start (store, temp-dir), ALTER DATABASE … CONFIGURE ZONE',
  },
  {
    store: 'tikv',
    marks: ['last_tikv.toml', 'raft-engine db'],
    programs: ['tikv-server'],
    levers: [
      {
        command: 'mysql -h 127.0.0.1 -P 4000 -u root -p -e \'SET GLOBAL tidb_gc_life_time = "10m"\'',
        loses: 'old-generations',
      },
    ],
    source: 'docs.pingcap.com: tidb_gc_life_time, Garbage Collection Configuration',
  },
];
