/** What grew together and is still again: how much it was stays known, and its parts are not told a second time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { isToldBelow } from '../../src/watch/alarms/overview.ts';
import { AlarmState } from '../../src/watch/growth/alarm-state.ts';
import { DirectoryGrowth } from '../../src/watch/growth/directory-growth.ts';
import { Rate } from '../../src/watch/growth/rate.ts';
import { TreeGrowth } from '../../src/watch/growth/tree-growth.ts';
import type { Member } from '../../src/watch/growth/tree-growth.ts';

const id = { device: 1, inode: 1 } as unknown as TreeGrowth['id'];

function directory(number: number, files: number): DirectoryGrowth {
  const growth = new DirectoryGrowth(number, fromText(`/srv/logs/d${number}`), id, 0);
  growth.count(files, files * 1000);
  return growth;
}

test('a tree that is still says how many files grew in it', () => {
  let members: Member[] = [directory(1, 20), directory(2, 30)];
  const at = { number: -1, path: fromText('/srv/logs'), id, rate: new Rate() };
  const tree = new TreeGrowth(at, 0, () => members);
  assert.deepEqual([tree.together().files, tree.together().directories], [50, 2]);
  members = [members[0]];
  assert.equal(tree.together().files, 20);
  members = [];
  assert.deepEqual([tree.together().files, tree.together().directories], [50, 2]);
});

test('a file below a told tree has no row of its own, unless it grew by more', () => {
  const past = [{ path: fromText('/srv/logs'), what: 'tree', grownBytes: 1000 } as const];
  const file = (path: string, grownBytes: number): Parameters<typeof isToldBelow>[0] => ({
    path: fromText(path),
    grownBytes,
    alarm: new AlarmState(),
  });
  assert.ok(isToldBelow(file('/srv/logs/d1/app.log', 10), past));
  assert.ok(!isToldBelow(file('/srv/logs/d1/app.log', 2000), past));
  assert.ok(!isToldBelow(file('/srv/logs-of-others/app.log', 10), past));
  assert.ok(!isToldBelow(file('/srv/logs/app.log', 10), [{ ...past[0], what: 'directory' }]));
});
