/** Snapshots that are kept: whole or not at all, no more than allowed, and what they say together. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import { UsageError } from '../../src/model/errors.ts';
import { forecastFull, keepSnapshot, keptSnapshots, lastSnapshot } from '../../src/snapshot/snapshot.ts';
import type { Keeper, KeptRun, Retention } from '../../src/snapshot/snapshot.ts';
import { expired } from '../../src/snapshot/history/retention.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DAY = 86_400;
const keepAll: Retention = { keepLast: 1000, keepDaily: 0, keepWeekly: 0, keepBytes: 2 ** 30 };

function keeperIn(state: string): Keeper {
  return { environment: { XDG_STATE_HOME: state, HOME: undefined }, uid: process.getuid!() };
}

async function keep(
  tree: string,
  keeper: Keeper,
  nowSeconds: number,
  retention = keepAll,
): Promise<KeptRun | undefined> {
  const path = fromText(tree);
  const request = {
    path,
    source: 'auto',
    threads: undefined,
    exclude: [],
    crossMounts: false,
    nowSeconds,
    version: '0',
  } as const;
  return await keepSnapshot(request, path, retention, keeper);
}

function storeIn(state: string): string {
  const [name] = readdirSync(`${state}/diskwhy/snapshots`);
  return `${state}/diskwhy/snapshots/${name}`;
}

test('what stays: the newest, one a day, one a week, and no more bytes than allowed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ takenAt: fc.nat(200 * DAY), fileBytes: fc.integer({ min: 1, max: 1000 }) })),
      fc.record({
        keepLast: fc.integer({ min: 1, max: 5 }),
        keepDaily: fc.nat(10),
        keepWeekly: fc.nat(10),
        keepBytes: fc.nat(5000),
      }),
      (snapshots, retention) => {
        const gone = expired(snapshots, retention);
        const kept = snapshots.filter((one) => !gone.includes(one)).toSorted((a, b) => b.takenAt - a.takenAt);
        assert.equal(kept.length + gone.length, snapshots.length);
        if (snapshots.length === 0) return;
        assert.equal(kept[0].takenAt, Math.max(...snapshots.map(({ takenAt }) => takenAt)));
        const bytes = kept.reduce((sum, { fileBytes }) => sum + fileBytes, 0);
        assert.ok(kept.length === 1 || bytes <= retention.keepBytes);
        const { keepLast, keepDaily, keepWeekly } = retention;
        assert.ok(kept.length <= keepLast + keepDaily + keepWeekly);
        // Nothing goes that the byte limit does not force out, while it is one of the newest.
        const newest = snapshots.toSorted((a, b) => b.takenAt - a.takenAt).slice(0, keepLast);
        if (snapshots.reduce((sum, { fileBytes }) => sum + fileBytes, 0) <= retention.keepBytes)
          assert.ok(newest.every((one) => !gone.includes(one)));
      },
    ),
  );
});

test('they are listed with their totals, and the last one is known without being read', async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  mkdirSync(`${tree}/logs`, { recursive: true });
  const keeper = keeperIn(`${folder.path}/state`);
  const sizes: number[] = [];
  for (let day = 1; day <= 3; day++) {
    writeFileSync(`${tree}/logs/${day}`, Buffer.alloc(100_000 * day, 1));
    sizes.push((await keep(tree, keeper, day * DAY))!.scan.roots[0].totals.diskBytes);
  }
  const { snapshots, damaged } = await keptSnapshots(fromText(tree), keeper);
  assert.deepEqual(damaged, []);
  assert.deepEqual(
    snapshots.map(({ takenAt, diskBytes }) => [takenAt, diskBytes]),
    sizes.map((size, index) => [(index + 1) * DAY, size]),
  );
  const last = lastSnapshot(fromText(tree), keeper)!;
  assert.deepEqual(last, snapshots.at(-1));
  assert.equal(last.directories[0].path, tree);
  assert.equal(last.filesystem !== undefined, true);
  // Without its note a snapshot is read.
  for (const name of readdirSync(storeIn(`${folder.path}/state`)))
    if (name.endsWith('.summary.json')) rmSync(`${storeIn(`${folder.path}/state`)}/${name}`);
  const read = await keptSnapshots(fromText(tree), keeper);
  assert.deepEqual(
    read.snapshots.map(({ diskBytes, directories }) => [diskBytes, directories]),
    snapshots.map(({ diskBytes, directories }) => [diskBytes, directories]),
  );
});

test('one that is damaged is said to be, and the others are read', async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  mkdirSync(tree);
  const keeper = keeperIn(`${folder.path}/state`);
  const { file } = (await keep(tree, keeper, DAY))!;
  await keep(tree, keeper, 2 * DAY);
  writeFileSync(file, 'no snapshot');
  rmSync(file.replace('.json.zst', '.summary.json'));
  const { snapshots, damaged } = await keptSnapshots(fromText(tree), keeper);
  assert.equal(snapshots.length, 1);
  assert.match(damaged[0].reason, /is no whole snapshot: .*byte 0/u);
});

test('of two runs at once each keeps one or is told of the other, and no half file is left', async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  mkdirSync(tree);
  for (let index = 0; index < 200; index++) writeFileSync(`${tree}/${index}`, String(index));
  const state = `${folder.path}/state`;
  const keeper = keeperIn(state);
  const runs = await Promise.allSettled([1, 2, 3, 4].map((day) => keep(tree, keeper, day * DAY)));
  for (const run of runs)
    if (run.status === 'rejected') assert.match((run.reason as Error).message, /another run/u);
  const kept = runs.filter(({ status }) => status === 'fulfilled').length;
  assert.ok(kept > 0);
  assert.equal((await keptSnapshots(fromText(tree), keeper)).snapshots.length, kept);
  assert.deepEqual(
    readdirSync(storeIn(state)).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('what a run left that was killed is tidied up, and what it allows is not overrun', async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  mkdirSync(tree);
  const state = `${folder.path}/state`;
  const keeper = keeperIn(state);
  await keep(tree, keeper, DAY);
  const store = storeIn(state);
  writeFileSync(`${store}/.diskwhy-0123456789abcdef.tmp`, 'half');
  writeFileSync(`${store}/20260101T000000Z-1.summary.json`, '{}');
  await assert.rejects(keep(tree, keeper, 2 * DAY, { ...keepAll, keepBytes: 10 }), /--keep-bytes/u);
  assert.deepEqual(
    readdirSync(store).map((name) => name.replace(/^.*?\./u, '')),
    ['json.zst', 'summary.json'],
  );
  for (let day = 3; day < 10; day++) await keep(tree, keeper, day * DAY, { ...keepAll, keepLast: 2 });
  assert.equal((await keptSnapshots(fromText(tree), keeper)).snapshots.length, 2);
});

test('a store that others can reach into is not trusted', async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  mkdirSync(tree);
  const state = `${folder.path}/state`;
  await keep(tree, keeperIn(state), DAY);
  chmodSync(storeIn(state), 0o777);
  await assert.rejects(keep(tree, keeperIn(state), 2 * DAY), /yours alone/u);
});

test('on a full disk nothing is kept, and what was kept stays', { skip: needsMount }, async () => {
  using folder = tempFolder();
  const [tree, state] = [`${folder.path}/tree`, `${folder.path}/state`];
  mkdirSync(tree);
  mkdirSync(state);
  for (let index = 0; index < 3000; index++) writeFileSync(`${tree}/${Math.random()}`, '');
  using _disk = mountTmpfs(state, 'size=80m,mode=700');
  await keep(tree, keeperIn(state), DAY);
  const before = readdirSync(storeIn(state));
  writeFileSync(`${state}/filler`, Buffer.alloc(20 * 2 ** 20));
  await assert.rejects(keep(tree, keeperIn(state), 2 * DAY), (error) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /nearly full/u);
    return true;
  });
  assert.deepEqual(readdirSync(storeIn(state)), before);
  assert.ok(statSync(`${state}/filler`).size > 0);
});

test('a disk is full when the line through what was used says so', () => {
  const at = (day: number, usedBytes: number) => ({
    file: fromText('x'),
    fileBytes: 1,
    takenAt: day * DAY,
    diskBytes: usedBytes,
    apparentBytes: usedBytes,
    entries: 1,
    complete: true,
    isPlain: true,
    filesystem: { mountPoint: '/', totalBytes: 10_000, usedBytes, availableBytes: 10_000 - usedBytes },
    directories: [],
  });
  const growing = forecastFull([at(1, 1000), at(2, 2000), at(3, 3000)], 7000)!;
  assert.equal(Math.round(growing.bytesPerDay), 1000);
  assert.equal(Math.round(growing.fullInSeconds!), 7 * DAY);
  assert.equal(forecastFull([at(1, 2000), at(2, 1000)], 7000)!.fullInSeconds, undefined);
  assert.equal(forecastFull([at(1, 1000)], 7000), undefined);
  assert.equal(forecastFull([at(1, 1000), at(1.001, 2000)], 7000), undefined);
});
