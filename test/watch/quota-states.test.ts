/** Who comes to the limit of a quota is told once, and again when there is room; each limit by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { Quota } from '../../src/model/quota.ts';
import { QuotaStates } from '../../src/watch/alarms/quota-states.ts';
import type { WatchedFilesystem } from '../../src/watch/ground/ground.ts';

const MIB = 2 ** 20;

function home(source: string): WatchedFilesystem {
  return { device: 7, mount: { source: fromText(source) }, path: fromText('/home') } as WatchedFilesystem;
}

function quota(id: number, usedBytes: number, more: Partial<Quota> = {}): Quota {
  const none = { softBytes: 0, hardBytes: 100 * MIB, usedInodes: 0, softInodes: 0, hardInodes: 0 };
  return { kind: 'user', id, usedBytes, ...none, bytesGraceEndsAt: 0, inodesGraceEndsAt: 0, ...more };
}

test('full, nearly full and freed, once each, however often it is asked', () => {
  let quotas: Quota[] = [quota(0, 100 * MIB), quota(4242, 10 * MIB)];
  const states = new QuotaStates(() => quotas);
  const told = (now: number): string[] =>
    states
      .changes(home('/dev/sda1'), now)
      .map(({ limit, level, atStart }) => `${limit.id} ${limit.of} ${level}${atStart ? ' already' : ''}`);
  assert.deepEqual(told(0), ['0 bytes full already']);
  assert.deepEqual(told(1), []);
  quotas = [quota(0, 98 * MIB), quota(4242, 98 * MIB, { usedInodes: 50, hardInodes: 50 })];
  // A little room is no relief for who was at the limit.
  assert.deepEqual(told(2), ['4242 bytes nearly-full', '4242 inodes full']);
  // Not asked again within a second.
  quotas = [];
  assert.deepEqual(told(2.5), []);
  quotas = [quota(0, 20 * MIB), quota(4242, 100 * MIB)];
  assert.deepEqual(told(3), ['0 bytes ok', '4242 bytes full']);
});

test('the account is named, and a soft limit counts where there is no hard one', () => {
  const states = new QuotaStates(() => [quota(0, 5 * MIB, { hardBytes: 0, softBytes: 5 * MIB })]);
  const [change] = states.changes(home('/dev/sda1'), 0);
  assert.deepEqual([change.limit.name, change.limit.limit, change.level], ['root', 5 * MIB, 'full']);
});

test('a soft limit holds once its time of grace is over', () => {
  const limits = { softBytes: 5 * MIB, bytesGraceEndsAt: 10 };
  const states = new QuotaStates(() => [quota(0, 6 * MIB, limits)]);
  assert.deepEqual(states.changes(home('/dev/sda1'), 9), []);
  const [change] = states.changes(home('/dev/sda1'), 10);
  assert.deepEqual([change.limit.limit, change.level], [5 * MIB, 'full']);
});

test('a filesystem without limits is asked seldom, and one without a device never', () => {
  let asked = 0;
  const states = new QuotaStates(() => {
    asked++;
    return [];
  });
  for (let now = 0; now < 29; now++) states.changes(home('/dev/sda1'), now);
  assert.equal(asked, 1);
  states.changes(home('/dev/sda1'), 31);
  assert.equal(asked, 2);
  states.changes(home('tmpfs'), 60);
  assert.equal(asked, 2);
});
