/** A thin pool under what is watched is told once at each level, from answers that may come late. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { ThinPool } from '../../src/model/thin-pool.ts';
import { PoolStates } from '../../src/watch/alarms/pool-states.ts';
import type { WatchedFilesystem } from '../../src/watch/ground/ground.ts';

const srv = { device: 7, mount: { source: fromText('/dev/vg/data') } } as WatchedFilesystem;
const devicesUnder = (): readonly string[] => ['vg-data', 'vg-pool-tpool'];

function pool(usedShare: number, more: Partial<ThinPool> = {}): ThinPool {
  const name = fromText('vg-pool-tpool');
  return { name, usedShare, metadataUsedShare: 0.1, totalBytes: 1, metadataBytes: 1, state: 'ok', ...more };
}

test('nearly full, full and freed, once each, and nothing while it stays', async () => {
  let answer: readonly ThinPool[] = [];
  const states = new PoolStates({ pools: async () => answer, devicesUnder });
  let now = 0;
  const told = async (...pools: readonly ThinPool[]): Promise<string[]> => {
    answer = pools;
    // One call asks, the next has the answer.
    now += 100;
    states.changes([srv], now);
    await setImmediate();
    return states
      .changes([srv], now + 0.1)
      .map(({ level, atStart }) => `${level}${atStart ? ' already' : ''}`);
  };
  assert.deepEqual(await told(pool(0.96)), ['nearly-full already']);
  assert.deepEqual(await told(pool(0.94)), [], 'a little room is no relief');
  assert.deepEqual(await told(pool(1, { state: 'out-of-space' })), ['full']);
  assert.deepEqual(await told(pool(1, { state: 'out-of-space' })), []);
  assert.deepEqual(await told(pool(0.5)), ['ok']);
  assert.deepEqual(await told(pool(0.5, { metadataUsedShare: 0.97 })), ['nearly-full']);
  assert.deepEqual(await told(pool(1, { name: fromText('other-pool-tpool') })), [], 'it is not on that pool');
  const next = new PoolStates({ pools: async () => [pool(0.5, { metadataUsedShare: 0.97 })], devicesUnder });
  next.restore(states.told());
  next.changes([srv], 1);
  await setImmediate();
  assert.deepEqual(next.changes([srv], 2), [], 'it was told by the process before');
});

test('a kernel that keeps its answer is not asked again, and where nothing is mapped nobody is', async () => {
  let asked = 0;
  const pools = (): Promise<readonly ThinPool[]> => {
    asked++;
    return Promise.withResolvers<readonly ThinPool[]>().promise;
  };
  const waiting = new PoolStates({ pools, devicesUnder });
  for (let now = 0; now < 1000; now += 10) assert.deepEqual(waiting.changes([srv], now), []);
  assert.equal(asked, 1);
  const plain = new PoolStates({ pools, devicesUnder: () => [] });
  for (let now = 0; now < 1000; now += 10) plain.changes([srv], now);
  assert.equal(asked, 1);
});
