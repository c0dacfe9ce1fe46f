/** `diskwhy record`: small, read back as it was written, whole or not at all, and placed by day and host. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import * as fc from 'fast-check';
import { fileOf, readPlace, recordColumns, sumOf } from '../../src/fleet/record/record.ts';
import type { RecordRow } from '../../src/fleet/record/record.ts';
import { explainJson, runDiskwhy } from '../support/diskwhy.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HEAD = { host: 'web-1', machine: '0123456789abcdef', recordedAt: 1_795_000_000.5, version: '0.1.0' };

async function readBack(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
    ),
  );
}

test('rows come back as they were, whatever is in them', async () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 30 }), { nil: undefined });
  const bytes = fc.option(fc.maxSafeInteger(), { nil: undefined });
  const row: fc.Arbitrary<RecordRow> = fc.record({
    kind: fc.constantFrom('finding', 'directory', 'log'),
    path: text,
    step: text,
    disk_bytes: bytes,
    since_seconds: bytes,
    bytes_per_second: fc.option(fc.double({ noNaN: true }), { nil: undefined }),
    complete: fc.option(fc.boolean(), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const back = await readBack(fileOf(HEAD, rows, 'parquet').bytes);
      const meant = rows.map((one) => ({
        machine: HEAD.machine,
        recorded_seconds: 1_795_000_000,
        version: '0.1.0',
        ...Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
      }));
      assert.deepEqual(back, meant);
    }),
    { numRuns: Number(process.env['DISKWHY_RUNS'] ?? 25) },
  );
});

test('its place says whose it is, of when, and what its bytes add up to', () => {
  const { folder, name, bytes } = fileOf(HEAD, [{ kind: 'host' }], 'parquet');
  assert.equal(folder, 'day=2026-11-18/host=web-1');
  assert.deepEqual(readPlace(`/anywhere/${folder}/${name}`), {
    day: '2026-11-18',
    host: 'web-1',
    machine: HEAD.machine,
    recordedAt: 1_795_000_000,
    schema: 1,
    sum: sumOf(bytes),
  });
  for (const wrong of [
    name,
    `day=2026-11-18/${name}`,
    `${folder.replace('web-1', '..')}/${name}`,
    `${folder}/x`,
  ])
    assert.equal(readPlace(wrong), undefined, wrong);
});

test('a record of a host says what its report says, in less than 60 kB', async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/tree/thumbs`, { recursive: true });
  writeFileSync(`${folder.path}/tree/thumbs/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
  writeFileSync(`${folder.path}/tree/thumbs/pictures`, Buffer.alloc(15_000_000, 1));
  for (let i = 0; i < 120; i++) {
    mkdirSync(`${folder.path}/tree/d${i}`);
    writeFileSync(`${folder.path}/tree/d${i}/f`, Buffer.alloc(20_000, 1));
  }
  mkdirSync(`${folder.path}/to`);
  const args = ['record', `${folder.path}/tree`, '--host', 'db-7', '--to', `${folder.path}/to`];
  const { code, stdout, stderr } = await runDiskwhy(args);
  assert.deepEqual([code === 0 || code === 3, stderr], [true, '']);
  const file = stdout.trimEnd();
  assert.ok(file.startsWith(`${folder.path}/to/day=`) && file.includes('/host=db-7/'));
  assert.deepEqual(readdirSync(path.dirname(file)), [path.basename(file)]);
  const bytes = readFileSync(file);
  assert.ok(bytes.length < 60_000);
  assert.equal(readPlace(file)!.sum, sumOf(bytes));
  const rows = await readBack(bytes);
  const { json } = await explainJson([`${folder.path}/tree`]);
  const findings = json.findings as { rule: string; claimedBytes: number }[];
  assert.deepEqual(
    rows
      .filter(({ kind }) => kind === 'finding')
      .map(({ name, disk_bytes }) => [name, disk_bytes])
      .filter(([name]) => name !== 'recent-growth'),
    findings
      .filter(({ rule }) => rule !== 'recent-growth')
      .map(({ rule, claimedBytes }) => [rule, claimedBytes]),
  );
  const root = rows.find((row) => row['kind'] === 'directory' && row['path'] === `${folder.path}/tree`)!;
  assert.equal(root['disk_bytes'], json.roots[0].totals.diskBytes);
  const accounts = rows.filter(({ kind }) => kind === 'account');
  const disk = rows.find(({ kind }) => kind === 'filesystem')!;
  assert.equal(
    accounts.reduce((sum, { disk_bytes }) => sum + Number(disk_bytes ?? 0), 0),
    disk['disk_bytes'],
  );
  const lines = await runDiskwhy([...args, '--ndjson']);
  const objects = readFileSync(lines.stdout.trimEnd(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { host: string; kind: string });
  assert.equal(objects.length, rows.length);
  assert.ok(objects.every(({ host }) => host === 'db-7'));
});

test('of a tree that was written down: what the file says, and nothing in place of what it does not', async () => {
  using folder = tempFolder();
  const from = ['--from', path.resolve('fixtures/snapshot/gdu-5.36.1.json')];
  const { code, stdout, stderr } = await runDiskwhy([
    'record',
    ...from,
    '--host',
    'db-7',
    '--to',
    folder.path,
  ]);
  assert.equal(code, 0);
  assert.match(stderr, /^diskwhy: left out, because only the machine itself can tell: [^\n]*\n$/u);
  const rows = await readBack(readFileSync(stdout.trimEnd()));
  const [host, ...others] = rows;
  assert.equal(host['recorded_seconds'], 1_795_847_441);
  assert.deepEqual(
    [host['kind'], host['entries'], 'disk_bytes' in host, 'freeable_bytes' in host, 'scan_seconds' in host],
    ['host', 14, false, false, false],
  );
  assert.deepEqual(new Set(others.map(({ kind }) => kind)), new Set(['directory']));
  assert.ok(others.every((row) => !('freeable_bytes' in row)));
  assert.equal(others[0]['disk_bytes'], 102_400);
  const nameless = await runDiskwhy(['record', ...from, '--to', folder.path]);
  assert.equal(nameless.code, 2);
  assert.match(nameless.stderr, /add --host NAME/u);
});

test('what is missing or cannot be is one line', async () => {
  for (const [words, why] of [
    [[], /--to DIR/u],
    [['--to', '/nowhere/at/all'], /no such file/u],
    [['--to', '/etc/hostname'], /is no directory/u],
    [['--to', '/tmp', '--host', '../x'], /--host/u],
  ] as const) {
    const { code, stderr } = await runDiskwhy(['record', '/etc', ...words]);
    assert.equal(code, 2);
    assert.match(stderr, why);
    assert.equal(stderr.split('\n').length, 2);
  }
});

test('the page on fleets names every column', () => {
  const page = readFileSync(new URL('../../docs/fleet.md', import.meta.url), 'utf8');
  for (const column of Object.keys(recordColumns)) assert.ok(page.includes(`\`${column}\``), column);
});

test('what could not be looked at makes the record of a host incomplete', async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/tree`);
  mkdirSync(`${folder.path}/to`);
  const words = ['record', `${folder.path}/tree`, `${folder.path}/nowhere`, '--to', `${folder.path}/to`];
  const { code, stdout } = await runDiskwhy([...words, '--ndjson']);
  assert.equal(code, 3);
  const lines = readFileSync(stdout.trim(), 'utf8').trim().split('\n');
  const host = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(({ kind }) => kind === 'host');
  assert.deepEqual([host?.['complete'], host?.['problems']], [false, 1]);
});
