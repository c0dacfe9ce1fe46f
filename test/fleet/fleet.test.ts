/** `diskwhy fleet`: its answers are what was put into a simulated fleet, whoever computes them, and what is damaged, old or forged does not count. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { simulateFleet } from '../../bench/fleet-simulator.ts';
import { fileOf } from '../../src/fleet/record/record.ts';
import {
  ask,
  askAll,
  cases,
  counted,
  good,
  head,
  honest,
  LAST_DAY,
  put,
  rows,
  UNTIL,
} from '../support/asked-fleet.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOSTS = Number(process.env['DISKWHY_FLEET_HOSTS'] ?? 60);
const DAYS = Number(process.env['DISKWHY_FLEET_DAYS'] ?? 9);

const simulated = tempFolder();
after(() => simulated[Symbol.dispose]());
const truth = simulateFleet({ folder: simulated.path, hosts: HOSTS, days: DAYS, seed: 7, lastDay: LAST_DAY });

test('DuckDB answers what was put in', () => askAll({ place: simulated.path, hosts: HOSTS, truth }, []));

suite('what cannot be trusted is named and not counted', { concurrency: 2 }, () => {
  for (const [name, [build, reason]] of Object.entries(cases))
    test(name, async () => {
      using folder = tempFolder();
      const file = build(folder.path);
      put(folder.path, good);
      const answer = await ask(folder.path, ['why'], 3);
      assert.deepEqual(answer.skipped, { count: 1, items: [{ path: file, reason }] });
      const hosts = reason === 'twice' ? 2 : 1;
      assert.deepEqual(counted(answer), [['store postgresql', { hosts, bytes: 1000 * hosts }]]);
    });

  test('where the newest record is damaged, the one before it counts', async () => {
    using folder = tempFolder();
    put(folder.path, fileOf({ ...head, recordedAt: head.recordedAt - 86_400 }, rows, 'parquet'));
    const file = put(folder.path, { ...honest, bytes: Buffer.from('no') });
    const answer = await ask(folder.path, ['why'], 3);
    assert.deepEqual(answer.skipped.items, [{ path: file, reason: 'damaged' }]);
    assert.deepEqual(counted(answer), [['store postgresql', { hosts: 1, bytes: 1000 }]]);
  });

  test('two machines of one name both count, and that is said; one whose clock is a year behind is named', async () => {
    using folder = tempFolder();
    put(folder.path, honest);
    put(folder.path, fileOf({ ...head, machine: 'd'.repeat(16) }, rows, 'parquet'));
    const old = {
      ...head,
      host: 'late',
      machine: 'c'.repeat(16),
      recordedAt: head.recordedAt - 365 * 86_400,
    };
    put(folder.path, fileOf(old, rows, 'parquet'));
    const answer = await ask(folder.path, ['why']);
    assert.deepEqual(answer.shared, [{ host: 'evil', machines: 2 }]);
    assert.deepEqual(answer.silent, [{ host: 'late', lastAt: '2025-11-27T02:00:00.000Z' }]);
    assert.deepEqual(counted(answer), [['store postgresql', { hosts: 2, bytes: 2000 }]]);
    const { stdout } = await runDiskwhy(['fleet', 'why', folder.path, ...UNTIL]);
    assert.match(stdout, /evil is the name of 2 machines/u);
    assert.match(stdout, /1 machine without a record in the last 30 days.*late/u);
  });
});

test('a folder counts whatever its name is, and no other instead of it', async () => {
  using folder = tempFolder();
  // Of these the second matches the first as a pattern; the third is no UTF-8, so it is read without DuckDB.
  const folders = ['flat', 'fl[ae]t', 'fl\xE9t', "it's *"].map((name) =>
    Buffer.from(`${folder.path}/${name}`, 'latin1'),
  );
  for (const [number, place] of folders.entries()) {
    const one = { ...head, host: `host-${number}`, machine: String(number).repeat(16) };
    const file = fileOf(one, [rows[0], { ...rows[1], disk_bytes: 10 ** number }], 'parquet');
    const inside = Buffer.concat([place, Buffer.from(`/${file.folder}/`)]);
    mkdirSync(inside, { recursive: true });
    writeFileSync(Buffer.concat([inside, Buffer.from(file.name)]), file.bytes);
    writeFileSync(Buffer.concat([inside, Buffer.from('x.parquet')]), '');
  }
  const all = await ask(folder.path, ['why'], 3);
  assert.deepEqual(counted(all), [['store postgresql', { hosts: 4, bytes: 1111 }]]);
  assert.deepEqual(
    all.skipped.items.map(({ pathBase64 }) => pathBase64 !== undefined),
    [false, false, true, false],
  );
  for (const [name, bytes] of [
    ['flat', 1],
    ['fl[ae]t', 10],
    ["it's *", 1000],
  ] as const)
    assert.equal((await ask(`${folder.path}/${name}`, ['why'], 3)).rows[0][4], bytes);
  // Relative names begin like addresses, or a home.
  mkdirSync(`${folder.path}/~`);
  renameSync(`${folder.path}/flat`, `${folder.path}/~/file:`);
  const { stdout } = await runDiskwhy(['fleet', 'why', '~', ...UNTIL], { cwd: folder.path });
  assert.match(stdout, /postgresql +1 +1 +1 B/u);
});

test('SQL of one’s own reads what was loaded and nothing else', async () => {
  for (const sql of [
    "SELECT * FROM read_text('/etc/hostname')",
    "COPY (SELECT 1) TO '/tmp/diskwhy-must-not-be'",
    'SET enable_external_access = true',
    'SELEC 1',
  ]) {
    const { code, stderr } = await runDiskwhy(['fleet', 'sql', sql, simulated.path, ...UNTIL, '--days', '1']);
    assert.equal(code, 2, sql);
    assert.equal(stderr.split('\n').length, 2, stderr);
  }
});

test('what is missing or cannot be is one line', async () => {
  for (const [words, why] of [
    [['fleet', 'wy', '/tmp'], /did you mean why/u],
    [['fleet', 'why'], /which folder/u],
    [['fleet', 'why', '/nowhere/at/all'], /\/nowhere\/at\/all: no such file/u],
    [['fleet', 'why', 'ftp://host/fleet'], /bring the records here/u],
    [['fleet', 'why', 's3://bucket/fl[e]et'], /write s3:\/\/BUCKET/u],
    [['fleet', 'why', 's3://bucket/fleet'], /needs DuckDB's extension httpfs for v[\d.]+ on \w+/u],
    [['fleet', 'why', 's3://bucket/fleet', '--httpfs', '/etc/hostname'], /--httpfs: .*duckdb_extension/u],
    [['fleet', 'sql'], /needs a query/u],
    [['fleet', 'why', '/tmp', '--until', 'tomorrow'], /--until/u],
    [['fleet', 'why', '/tmp', '--until', '2026-02-30'], /--until 2026-02-30: not a time/u],
    [['fleet', 'why', '/tmp', '--url', 'http://x'], /--engine clickhouse/u],
    [['fleet', 'why', simulated.path, '--engine', 'clickhouse'], /--url/u],
    [
      ['fleet', 'why', simulated.path, '--engine', 'clickhouse', '--url', 'http://127.0.0.1:1'],
      /no ClickHouse/u,
    ],
  ] as const) {
    const { code, stderr } = await runDiskwhy(words);
    assert.equal(code, 2);
    assert.match(stderr, why);
    assert.equal(stderr.split('\n').length, 2);
  }
});

test('without DuckDB one line says what to do', async () => {
  using folder = tempFolder();
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(new URL(`../../${part}`, import.meta.url), `${folder.path}/diskwhy/${part}`, { recursive: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(folder.path, 'diskwhy/bin/diskwhy.js'), 'fleet', 'why', simulated.path],
    { encoding: 'utf8', cwd: '/' },
  );
  assert.equal(status, 2);
  assert.match(stderr, /^diskwhy: fleet needs DuckDB \(70 MB\): npm install -g @duckdb\/node-api.*\n$/u);
});

test('--show-sql prints the file as it is', async () => {
  for (const name of ['why', 'full', 'loops', 'grew', 'hosts']) {
    const { stdout } = await runDiskwhy(['fleet', name, '--show-sql']);
    assert.equal(
      stdout,
      readFileSync(new URL(`../../src/fleet/questions/sql/${name}.sql`, import.meta.url), 'utf8'),
    );
  }
});
