/** `diskwhy fleet`: its answers are what was put into a simulated fleet, whoever computes them, and what is damaged, old or forged does not count. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { simulateFleet } from '../../bench/fleet-simulator.ts';
import { fileOf, sumOf } from '../../src/fleet/record/record.ts';
import type { RecordRow } from '../../src/fleet/record/record.ts';
import { needsChdb, startChdb } from '../support/chdb.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOSTS = Number(process.env['DISKWHY_FLEET_HOSTS'] ?? 60);
const DAYS = Number(process.env['DISKWHY_FLEET_DAYS'] ?? 9);
const LAST_DAY = 20_784;
const UNTIL = ['--until', '2026-11-27T05:00Z'];

const simulated = tempFolder();
after(() => simulated[Symbol.dispose]());
const truth = simulateFleet({ folder: simulated.path, hosts: HOSTS, days: DAYS, seed: 7, lastDay: LAST_DAY });

interface FleetJson {
  readonly schema: string;
  readonly records: number;
  readonly machines: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly skipped: { readonly count: number; readonly items: readonly { path: string; reason: string }[] };
  readonly silent: readonly { readonly host: string; readonly lastAt: string }[];
  readonly shared: readonly { readonly host: string; readonly machines: number }[];
}

async function ask(folder: string, words: readonly string[], code = 0): Promise<FleetJson> {
  const [question, ...rest] = words;
  const sql = question === 'sql' ? rest.splice(0, 1) : [];
  const args = ['fleet', question, ...sql, folder, ...rest, ...UNTIL, '--json', '--top', '0'];
  const result = await runDiskwhy(args);
  assert.deepEqual([result.code, result.stderr], [code, '']);
  return JSON.parse(result.stdout) as FleetJson;
}

const sorted = <Entry>(entries: Iterable<[string, Entry]>) =>
  [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** All questions, held against the truth. */
async function askAll(engine: readonly string[]): Promise<void> {
  const why = await ask(simulated.path, ['why', ...engine]);
  assert.deepEqual(why.columns, ['cause', 'kind_of_it', 'hosts', 'findings', 'bytes', 'freeable']);
  assert.deepEqual(
    sorted(why.rows.map((row) => [`${row[0]} ${row[1]}`, { hosts: row[2], bytes: row[4] }])),
    sorted(truth.why),
  );
  assert.deepEqual([why.machines, why.records, why.skipped.count], [HOSTS, HOSTS, 0]);

  const full = await ask(simulated.path, ['full', ...engine]);
  assert.deepEqual(
    full.rows.map(([host]) => host),
    truth.full.hosts,
  );
  for (const row of full.rows) assert.ok(Math.abs(Number(row[5]) - truth.full.at) < 60, String(row[5]));

  const loops = await ask(simulated.path, ['loops', ...engine]);
  assert.equal(loops.rows.length, 1);
  const [verdict, program, , hosts, bytes, , firstAt] = loops.rows[0];
  assert.deepEqual(
    [verdict, program, hosts, bytes, firstAt],
    ['restart-loop', 'app', ...Object.values(truth.loop)],
  );

  const grew = await ask(simulated.path, ['grew', ...engine]);
  assert.deepEqual(
    sorted(grew.rows.map((row) => [String(row[0]), { hosts: row[1], bytes: row[2] }])),
    sorted(truth.grew),
  );

  const all = await ask(simulated.path, ['hosts', ...engine]);
  assert.equal(all.rows.length, HOSTS);
  assert.equal(
    all.rows.reduce((sum, row) => sum + Number(row[4]), 0),
    truth.usedBytes,
  );

  const sql = "SELECT count(*) AS n FROM records WHERE kind = 'host'";
  const counted = await ask(simulated.path, ['sql', sql, '--days', '3', ...engine]);
  assert.deepEqual(counted.rows, [[HOSTS * 3]]);
}

test('DuckDB answers what was put in', () => askAll([]));

test('ClickHouse answers the same, by the same SQL', { skip: needsChdb, timeout: 120_000 }, async () => {
  await using chdb = await startChdb();
  const engine = ['--engine', 'clickhouse', '--url', chdb.url];
  await askAll(engine);
  const { code, stderr } = await runDiskwhy(['fleet', 'sql', 'SELEC', simulated.path, ...engine]);
  assert.equal(code, 2);
  assert.match(stderr, /^diskwhy: ClickHouse: .*\n$/u);
});

suite('what cannot be trusted is named and not counted', () => {
  const head = {
    host: 'evil',
    machine: 'e'.repeat(16),
    recordedAt: LAST_DAY * 86_400 + 7200,
    version: '0.1.0',
  };
  const rows: readonly RecordRow[] = [
    { kind: 'host', disk_bytes: 1 },
    { kind: 'finding', name: 'store', class: 'postgresql', disk_bytes: 1000, freeable_bytes: 0 },
  ];
  const put = (folder: string, file: { folder: string; name: string; bytes: Buffer }): string => {
    mkdirSync(`${folder}/${file.folder}`, { recursive: true });
    writeFileSync(`${folder}/${file.folder}/${file.name}`, file.bytes);
    return `${folder}/${file.folder}/${file.name}`;
  };
  /** Other bytes under a name that fits them. */
  const forge = (file: ReturnType<typeof fileOf>, bytes: Buffer) => ({
    ...file,
    bytes,
    name: file.name.replace(/[0-9a-f]{20}(?=\.parquet$)/u, sumOf(bytes)),
  });
  const honest = fileOf(head, rows, 'parquet');

  const cases: Record<string, readonly [build: (folder: string) => string, reason: string]> = {
    'a damaged byte': [
      (folder) => {
        const bytes = Buffer.from(honest.bytes);
        bytes[bytes.length >> 1] ^= 1;
        return put(folder, { ...honest, bytes });
      },
      'damaged',
    ],
    'a file that ends too soon': [
      (folder) => put(folder, { ...honest, bytes: honest.bytes.subarray(0, 1000) }),
      'damaged',
    ],
    'noise with the right sum': [
      (folder) => put(folder, forge(honest, Buffer.from('PAR1 no, not at all PAR1'))),
      'damaged',
    ],
    'another schema under this one’s name': [
      (folder) => {
        const bytes = parquetWriteBuffer({ columnData: [{ name: 'x', data: [1, 2], type: 'INT32' }] });
        return put(folder, forge(honest, Buffer.from(bytes)));
      },
      'damaged',
    ],
    'an old schema': [
      (folder) => put(folder, { ...honest, name: honest.name.replace('-v1-', '-v0-') }),
      'old-schema',
    ],
    'a clock a year ahead': [
      (folder) =>
        put(folder, fileOf({ ...head, recordedAt: head.recordedAt + 365 * 86_400 }, rows, 'parquet')),
      'clock-ahead',
    ],
    'the folder of another day': [
      (folder) => put(folder, { ...honest, folder: honest.folder.replace('2026-11-27', '2026-11-26') }),
      'wrong-day',
    ],
    'rows of another machine': [
      (folder) => {
        const { bytes } = fileOf({ ...head, machine: 'f'.repeat(16) }, rows, 'parquet');
        return put(folder, forge(honest, bytes));
      },
      'not-as-named',
    ],
    'rows of another time': [
      (folder) => {
        const { bytes } = fileOf({ ...head, recordedAt: head.recordedAt - 60 }, rows, 'parquet');
        return put(folder, forge(honest, bytes));
      },
      'not-as-named',
    ],
    'bytes below nothing': [
      (folder) =>
        put(folder, fileOf(head, [...rows, { kind: 'finding', disk_bytes: -5 * 2 ** 40 }], 'parquet')),
      'not-as-named',
    ],
    'more bytes than there can be': [
      (folder) => put(folder, fileOf(head, [...rows, { kind: 'finding', disk_bytes: 2 ** 62 }], 'parquet')),
      'not-as-named',
    ],
    'the same record twice': [
      (folder) => {
        put(folder, { ...honest, folder: `again/${honest.folder}` });
        return put(folder, honest);
      },
      'twice',
    ],
    'a name that is none': [(folder) => put(folder, { ...honest, name: 'x.parquet' }), 'not-a-record'],
    'a link': [
      (folder) => {
        const file = put(folder, honest);
        renameSync(file, `${folder}/elsewhere`);
        symlinkSync(`${folder}/elsewhere`, file);
        return file;
      },
      'unreadable',
    ],
    'a file of many megabytes': [
      (folder) => {
        const file = put(folder, honest);
        appendFileSync(file, Buffer.alloc(9 * 2 ** 20));
        return file;
      },
      'too-large',
    ],
  };

  const counted = ({ rows: answers }: FleetJson) =>
    sorted(answers.map((row): [string, object] => [`${row[0]} ${row[1]}`, { hosts: row[2], bytes: row[4] }]));
  /** One that counts beside each. */
  const good = fileOf({ ...head, host: 'good', machine: 'a'.repeat(16) }, rows, 'parquet');

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

  test('ClickHouse’s engine refuses the same', { skip: needsChdb, timeout: 120_000 }, async () => {
    await using chdb = await startChdb();
    for (const name of [
      'another schema under this one’s name',
      'rows of another machine',
      'bytes below nothing',
    ]) {
      using folder = tempFolder();
      const [build, reason] = cases[name];
      const file = build(folder.path);
      put(folder.path, good);
      const answer = await ask(folder.path, ['why', '--engine', 'clickhouse', '--url', chdb.url], 3);
      assert.deepEqual(answer.skipped.items, [{ path: file, reason }]);
      assert.deepEqual(counted(answer), [['store postgresql', { hosts: 1, bytes: 1000 }]]);
    }
  });
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
    [['fleet', 'why', 's3://bucket/fleet'], /bring the records here/u],
    [['fleet', 'sql'], /needs a query/u],
    [['fleet', 'why', '/tmp', '--until', 'tomorrow'], /--until/u],
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
