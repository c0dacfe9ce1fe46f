/** The same answers from every engine and every place: DuckDB and ClickHouse, over folders and over an object store. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { simulateFleet } from '../../bench/fleet-simulator.ts';
import { fileOf } from '../../src/fleet/record/record.ts';
import { ask, askAll, cases, counted, good, head, LAST_DAY, put, rows } from '../support/asked-fleet.ts';
import { needsChdb, startChdb } from '../support/chdb.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { httpfs, needsHttpfs, needsObjectStore, startObjectStore } from '../support/object-store.ts';
import { unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HOSTS = Number(process.env['DISKWHY_FLEET_HOSTS'] ?? 10);

const simulated = tempFolder();
after(() => simulated[Symbol.dispose]());
const truth = simulateFleet({ folder: simulated.path, hosts: HOSTS, days: 9, seed: 7, lastDay: LAST_DAY });
const inFolder = { place: simulated.path, hosts: HOSTS, truth };
const IN_STORE = 's3://fleet-bucket/fleet';

// Each takes seconds to start, and is there for all tests that need it.
let chdb: ReturnType<typeof startChdb> | undefined;
let store: ReturnType<typeof filledStore> | undefined;
const clickHouse = async () => ['--engine', 'clickhouse', '--url', (await (chdb ??= startChdb())).url];
const storeEnv = async () => (await (store ??= filledStore())).env;
after(async () => {
  for (const started of [chdb, store]) await (await started)?.[Symbol.asyncDispose]();
});

async function filledStore() {
  const started = await startObjectStore();
  await started.putFolder(simulated.path, 'fleet');
  // A name that an engine would read as a pattern, or as several.
  for (const name of ['x{a,b}.parquet', 'x[ab]*.parquet'])
    await started.put(`odd/${name}`, Buffer.from('no'));
  const other = fileOf({ ...head, host: 'damaged', machine: 'b'.repeat(16) }, rows, 'parquet');
  await started.put(`odd/${other.folder}/${other.name}`, Buffer.from(other.bytes).fill(0, 500, 600));
  const foreign = cases['another schema under this one’s name'];
  using folder = tempFolder();
  const path = foreign[0](folder.path);
  await started.put(`odd/${path.slice(folder.path.length + 1)}`, readFileSync(path));
  await started.put(`odd/${good.folder}/${good.name}`, good.bytes);
  return started;
}

test(
  'ClickHouse answers what was put in, by the same SQL',
  { skip: needsChdb, timeout: 120_000 },
  async () => {
    const engine = await clickHouse();
    await askAll(inFolder, engine);
    const { code, stderr } = await runDiskwhy(['fleet', 'sql', 'SELEC', simulated.path, ...engine]);
    assert.equal(code, 2);
    assert.match(stderr, /^diskwhy: ClickHouse: .*\n$/u);
  },
);

test('ClickHouse refuses what DuckDB refuses', { skip: needsChdb, timeout: 120_000 }, async () => {
  for (const name of [
    'another schema under this one’s name',
    'rows of another machine',
    'bytes below nothing',
    'rows without end',
  ]) {
    using folder = tempFolder();
    const [build, reason] = cases[name];
    const file = build(folder.path);
    put(folder.path, good);
    const answer = await ask(folder.path, ['why', ...(await clickHouse())], 3);
    // Files are read here before they are sent: one with too many rows is not read at all.
    const why = name === 'rows without end' ? 'damaged' : reason;
    assert.deepEqual(answer.skipped.items, [{ path: file, reason: why }]);
    assert.deepEqual(counted(answer), [['store postgresql', { hosts: 1, bytes: 1000 }]]);
  }
});

const engines = {
  DuckDB: [unless(needsHttpfs), async () => ['--httpfs', httpfs]],
  ClickHouse: [unless(needsChdb), clickHouse],
} as const;

for (const [name, [reason, wordsOf]] of Object.entries(engines)) {
  const skip = unless(reason, needsObjectStore);

  test(`${name} answers over an object store`, { skip, timeout: 120_000 }, async () => {
    const env = await storeEnv();
    const words = await wordsOf();
    // One record of each machine, and several.
    for (const question of ['why', 'full'])
      assert.deepEqual(
        await ask(IN_STORE, [question, ...words], 0, env),
        await ask(simulated.path, [question]),
      );
  });

  test(
    `${name} refuses what is not to be trusted in an object store`,
    { skip, timeout: 120_000 },
    async () => {
      const env = await storeEnv();
      const answer = await ask('s3://fleet-bucket/odd', ['why', ...(await wordsOf())], 3, env);
      assert.deepEqual(
        answer.skipped.items.map(({ path, reason: why }) => [
          path.replace(/-[0-9a-f-]+\.parquet$/u, ''),
          why,
        ]),
        [
          ['s3://fleet-bucket/odd/day=2026-11-27/host=damaged/20261127T020000Z-v1', 'damaged'],
          ['s3://fleet-bucket/odd/day=2026-11-27/host=evil/20261127T020000Z-v1', 'damaged'],
          ['s3://fleet-bucket/odd/x[ab]*.parquet', 'not-a-record'],
          ['s3://fleet-bucket/odd/x{a,b}.parquet', 'not-a-record'],
        ],
      );
      assert.deepEqual(counted(answer), [['store postgresql', { hosts: 1, bytes: 1000 }]]);
    },
  );

  test(
    `${name}: what is wrong with a store is one line without a secret`,
    { skip, timeout: 120_000 },
    async () => {
      const env = await storeEnv();
      for (const [place, besides, why] of [
        ['s3://no-such-bucket/fleet', {}, /NoSuchBucket|404/u],
        ['s3://fleet-bucket/nothing/here', {}, /no \.parquet object lies there/u],
        ['s3://fleet-bucket/fleet', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /connect|refused/u],
        ['s3://fleet-bucket/fleet', { AWS_ENDPOINT_URL: 'store' }, /AWS_ENDPOINT_URL is store: not a URL/u],
      ] as const) {
        const words = ['fleet', 'why', place, ...(await wordsOf())];
        const { code, stderr } = await runDiskwhy(words, { env: { ...env, ...besides } });
        assert.equal(code, 2);
        assert.match(stderr, why);
        assert.match(stderr, /^diskwhy: .*\n$/u);
        assert.ok(!stderr.includes('not-to-be-told'));
      }
    },
  );
}
