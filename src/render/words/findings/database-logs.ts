/** Logs of databases: what keeps them, and what to ask the server; never anything by hand. */
import { ageText } from '../../../model/age.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import { writersText } from '../processes.ts';
import type { FindingWords } from './finding-words.ts';

type DatabaseLogs = FindingOf<'database-logs'>;

const titles: Readonly<Record<DatabaseLogs['kind'], string>> = {
  'postgresql-wal': 'PostgreSQL write-ahead log',
  'mysql-binary-logs': 'MySQL binary logs',
  'innodb-temporary': 'InnoDB temporary tables',
  'innodb-undo': 'InnoDB undo log',
  'mongodb-journal': 'MongoDB journal',
  'redis-unfinished': 'unfinished Redis snapshots',
  'redis-append-only': 'Redis append-only file',
  'sqlite-wal': 'SQLite write-ahead log',
};

export const databaseLogsWords: FindingWords<'database-logs'> = {
  title: ({ kind }) => titles[kind],
  evidence,
  advice,
};

/** The server archives one after the other: a few that wait are no trouble. */
const MANY_WAITING = 10;

function evidence(finding: DatabaseLogs, nowSeconds: number): string[] {
  const bytes = sizeText(finding.diskBytes);
  switch (finding.kind) {
    case 'postgresql-wal': {
      const { segments, version, directory, waiting, slots } = finding;
      const causes = [
        ...(waiting > MANY_WAITING
          ? [
              `${countOf(waiting, 'of them waits', 'of them wait')} to be archived (archive_status/*.ready): archive_command fails or is too slow`,
            ]
          : []),
        ...(slots.length > 0
          ? [
              `${countOf(slots.length, 'replication slot')} may hold them back: ${slots.slice(0, 3).map(quoted).join(', ')}`,
            ]
          : []),
      ];
      if (causes.length === 0)
        causes.push('none is stuck in archiving, and no replication slot holds any back');
      return [
        `${countOf(segments, 'segment')} of PostgreSQL ${quoted(version)} in ${quoted(directory)}`,
        ...causes,
      ];
    }
    case 'mysql-binary-logs': {
      const { count, directory, first, last, oldestAt, oldBytes, oldDays } = finding;
      return [
        `${countOf(count, 'binary log')} in ${quoted(directory)}, ${quoted(first)} to ${quoted(last)}, the oldest ${ageText(Math.max(0, nowSeconds - oldestAt))} old`,
        `${sizeText(oldBytes)} of them are older than ${oldDays} days`,
      ];
    }
    case 'innodb-temporary':
      return [
        `${quoted(finding.file)} has ${bytes}: temporary tables of queries; it never shrinks while the server runs`,
      ];
    case 'innodb-undo':
      return [
        `${quoted(finding.file)} has ${bytes}: old versions of rows, kept while a transaction may still read them`,
      ];
    case 'mongodb-journal':
      return [
        `${countOf(finding.files, 'journal file')} with ${bytes} in ${quoted(finding.directory)}: writes since the last checkpoint`,
      ];
    case 'redis-unfinished':
      return [
        `${countOf(finding.files, 'file')}, the largest ${quoted(finding.largest)} with ${sizeText(finding.largestBytes)}; the processes whose pids are in their names are gone`,
      ];
    case 'redis-append-only': {
      const { file, appendedBytes, snapshot } = finding;
      const detail =
        appendedBytes === undefined
          ? `with ${quoted(snapshot ?? file)} beside it`
          : `${sizeText(appendedBytes)} of it were appended since the last rewrite`;
      return [`${quoted(file)} has ${bytes}: every write is appended to it; ${detail}`];
    }
    case 'sqlite-wal':
      return [
        `${quoted(finding.file)} has ${bytes}, its database only ${sizeText(finding.databaseBytes)}`,
        writersText(finding.writers, finding.unseen),
      ];
  }
}

const NEVER_A_SEGMENT = 'never delete a segment by hand, it ruins the cluster';

function advice(finding: DatabaseLogs): string {
  switch (finding.kind) {
    case 'postgresql-wal':
      if (finding.waiting > MANY_WAITING)
        return `repair what archive_command does; the server then removes them itself. ${NEVER_A_SEGMENT}`;
      if (finding.slots.length > 0)
        return `drop a slot that nobody reads any more (pg_drop_replication_slot); ${NEVER_A_SEGMENT}`;
      return finding.isLeast
        ? `so much the server always keeps (min_wal_size): ${NEVER_A_SEGMENT}`
        : `lower max_wal_size or wal_keep_size and checkpoint; ${NEVER_A_SEGMENT}`;
    case 'mysql-binary-logs':
      return 'ask the replicas first (SHOW REPLICA STATUS), then have the server purge them, never rm; binlog_expire_logs_seconds (MariaDB: expire_logs_days) keeps fewer';
    case 'innodb-temporary':
      if (finding.freeableBytes === 0)
        return 'the server makes it of this size: a restart would give nothing back';
      return 'only a restart of the server frees it; innodb_temp_data_file_path=ibtmp1:12M:autoextend:max:SIZE caps it';
    case 'innodb-undo':
      return 'end the transaction that runs for long (information_schema.innodb_trx); with innodb_undo_log_truncate=ON it then shrinks by itself';
    case 'mongodb-journal':
      return 'have the server make a checkpoint, after which it removes what it no longer needs; never delete a journal file';
    case 'redis-unfinished':
      return 'a rewrite was cut short, by a full disk or too little memory: see that the next has room, then delete them';
    case 'redis-append-only':
      return 'have Redis rewrite it to what the data needs (it takes that much room while it runs); never delete it, it is the database';
    case 'sqlite-wal':
      return 'have SQLite write it into the database, best with its program stopped; never delete it: it holds data that the database does not have yet';
  }
}
