/** What databases write beside their data: never deleted by hand, each with what to ask its server. */
import { mongodbJournal } from './databases/mongodb-journal.ts';
import { mysqlLogs } from './databases/mysql-logs.ts';
import { postgresqlWal } from './databases/postgresql-wal.ts';
import { redisFiles } from './databases/redis-files.ts';
import { sqliteWal } from './databases/sqlite-wal.ts';
import type { Rule } from '../claims/rule.ts';

export const databaseLogs: Rule = {
  name: 'database-logs',
  find: (facts, claims) =>
    [postgresqlWal, mysqlLogs, mongodbJournal, redisFiles, sqliteWal].flatMap((find) => find(facts, claims)),
};
