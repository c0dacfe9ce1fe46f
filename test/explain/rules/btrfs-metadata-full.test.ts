/** btrfs that has dealt everything out: metadata is full, data has room, and a balance is what helps. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';

test('no space left, with half of the data chunks empty', { skip: needsLoopDisk('btrfs') }, async () => {
  using disk = loopDisk('btrfs', { megabytes: 280, format: ['-m', 'single'] });
  mkdirSync(`${disk.path}/small`);
  const block = Buffer.alloc(4 * MIB);
  for (let at = 0; at < block.length; at += 8) block.writeDoubleLE(Math.random(), at);
  let large = 0;
  fill(() => writeFileSync(`${disk.path}/large-${large++}`, block, { flush: true }));
  assert.deepEqual(await findingsOf('btrfs-metadata-full', disk.path), [], 'data is full: simply full');
  for (let index = 0; index < large - 1; index += 2) unlinkSync(`${disk.path}/large-${index}`);
  execFileSync('sync');
  let small = 0;
  fill(() => {
    writeFileSync(`${disk.path}/small/${small++}`, block.subarray(0, 1900));
    if (small % 2000 === 0) execFileSync('sync');
  });
  execFileSync('sync');
  const [finding, ...more] = await findingsOf('btrfs-metadata-full', disk.path);
  assert.deepEqual(more, []);
  assert.equal(finding.urgent, true);
  assert.equal(finding.remedy.command, `btrfs balance start -dusage=5 ${disk.path}`);
});

/** Until there is no space left. */
function fill(write: () => void): void {
  assert.throws(
    () => {
      for (let count = 0; count < 200_000; count++) write();
    },
    { code: 'ENOSPC' },
  );
}
