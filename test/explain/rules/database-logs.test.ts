/** Logs of databases, each told by what stands beside it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { databaseTree, noDatabaseTree } from '../../../fixtures/rules/database-logs.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';

const MIB = 2 ** 20;

test('each server is named with what to ask it', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(databaseTree(nowSeconds(), spawnSync('true').pid));
  const findings = await machine.findings('database-logs');
  const byTitle = new Map(findings.map((finding) => [finding.title, finding]));
  assert.deepEqual(findings.map(({ title, claimedBytes }) => `${title} ${claimedBytes / MIB}`).toSorted(), [
    'InnoDB temporary tables 3',
    'InnoDB undo log 2',
    'MongoDB journal 3',
    'MySQL binary logs 4.00390625',
    'PostgreSQL write-ahead log 4',
    'Redis append-only file 4.00390625',
    'SQLite write-ahead log 4',
    'unfinished Redis snapshots 2',
  ]);
  assert.deepEqual(byTitle.get('PostgreSQL write-ahead log')!.evidence, [
    '2 segments of PostgreSQL 17 in /var/lib/postgresql/17/main/pg_wal',
    '30 of them wait to be archived (archive_status/*.ready): archive_command fails or is too slow',
    '1 replication slot may hold them back: standby_1',
  ]);
  const binlogs = byTitle.get('MySQL binary logs')!;
  assert.match(
    binlogs.evidence[0],
    /^3 binary logs in \/var\/lib\/mysql, binlog\.000001 to binlog\.000003, the oldest 9 days old/u,
  );
  assert.equal(binlogs.freeableBytes, 2 * MIB);
  // As small as the server makes it: nobody restarts a database for nothing.
  assert.equal(byTitle.get('InnoDB temporary tables')!.remedy.command, null);
  assert.match(byTitle.get('Redis append-only file')!.evidence[0], /3\.0 MiB of it were appended since/u);
  assert.equal(
    byTitle.get('SQLite write-ahead log')!.remedy.command,
    "sqlite3 /var/lib/app/state.db 'PRAGMA wal_checkpoint(TRUNCATE)'",
  );
  const onlyLeftover = findings.filter(({ risk }) => risk !== 'never').map(({ title }) => title);
  assert.deepEqual(onlyLeftover, ['unfinished Redis snapshots']);
});

test('names without their neighbours are no database', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noDatabaseTree(process.pid));
  assert.deepEqual(await machine.findings('database-logs'), []);
});
