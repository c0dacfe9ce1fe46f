/** Memory that outlives a process: whatever moment it is killed at, the records of one beginning are whole. */
import assert from 'node:assert/strict';
import { ftruncateSync, openSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { KeptWatch } from '../../src/cli/watch/kept-watch.ts';
import { KeptGrowth } from '../../src/model/kept-growth.ts';
import type { FileId } from '../../src/model/file-id.ts';
import { keptIn } from '../../src/system/services/kept-memory.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What a process would find that is handed this memory. */
const handed = (path: string) => keptIn(openSync(path, 'r+'));

test('records begun anew count when they are whole', { skip: needsLinux }, () => {
  using folder = tempFolder();
  const path = `${folder.path}/memory`;
  writeFileSync(path, '');
  const memory = handed(path);
  for (const record of ['one', 'two', 'three']) memory.append(record);
  assert.deepEqual(handed(path).before, ['one', 'two', 'three']);
  memory.begin(['four']);
  memory.append('five');
  assert.deepEqual(handed(path).before, ['four', 'five']);
  memory.begin(['six', 'seven']);
  assert.deepEqual(handed(path).before, ['six', 'seven']);
  memory.append('eight');
  assert.deepEqual(handed(path).before, ['six', 'seven', 'eight']);
  // Killed in the middle of the last one.
  const size = statSync(path).size;
  const descriptor = openSync(path, 'r+');
  for (let cut = 1; cut < 'eight\n'.length; cut++) {
    ftruncateSync(descriptor, size - 1 - cut);
    assert.deepEqual(handed(path).before, ['six', 'seven']);
  }
  const next = handed(path);
  next.append('nine');
  assert.deepEqual(handed(path).before, ['six', 'seven', 'nine']);
});

test('what another version left is thrown away', { skip: needsLinux }, () => {
  using folder = tempFolder();
  const path = `${folder.path}/memory`;
  writeFileSync(path, `${JSON.stringify({ waiting: {}, scope: '', grown: 'x'.repeat(9000) })}\n`);
  const memory = handed(path);
  assert.deepEqual(memory.before, []);
  memory.append('one');
  assert.deepEqual(handed(path).before, ['one']);
});

test('it is begun anew when there is much, and nothing is forgotten', { skip: needsLinux }, () => {
  using folder = tempFolder();
  const path = `${folder.path}/memory`;
  writeFileSync(path, '');
  const kept = new KeptWatch({ kept: handed(path) });
  const size = (id: number, bytes: number) =>
    ({ id: `1:${id}` as FileId, bornAt: id, diskBytes: bytes, apparentBytes: bytes }) as const;
  for (let round = 0; round < 40; round++)
    kept.keepGrowth('here', {
      since: round,
      sizes: Array.from({ length: 1000 }, (_, id) => size(id, round)),
    });
  kept.keepWaiting({ bodies: ['an alarm'], lost: 1 });
  assert.ok(statSync(path).size < 2 ** 28);
  const next = new KeptWatch({ kept: handed(path) });
  assert.deepEqual(next.waiting, { bodies: ['an alarm'], lost: 1 });
  assert.equal(next.growthIn('elsewhere'), undefined);
  const { sizes, since } = next.growthIn('here')!;
  assert.deepEqual([sizes.size, since], [1000, 39]);
  assert.ok([...sizes.values()].every(({ diskBytes }) => diskBytes === 39));
});

test('quiet files that are let go are not taken for new ones', () => {
  const growth = new KeptGrowth();
  const sizes = Array.from({ length: 50_000 }, (_, id) => {
    return { id: `1:${id}` as FileId, bornAt: 1000 + id, diskBytes: 1, apparentBytes: 1 };
  });
  growth.takeIn({ since: 500, sizes });
  assert.equal(growth.sizes.size, 40_000);
  assert.equal(growth.since, 1000 + 9999);
});
