/** A disk with space but hardly an inode left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manyFiles } from '../../../fixtures/rules/inodes-exhausted.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { buildTree } from '../../support/tree.ts';

test('95 % of the inodes, and the directory that has them', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { format: ['-N', '1024'] });
  await buildTree(`${disk.path}/tree`, manyFiles(960));
  const [finding, ...more] = await findingsOf('inodes-exhausted', disk.path);
  assert.deepEqual(more, []);
  assert.deepEqual(finding.paths, [`${disk.path}/tree/sessions`]);
  assert.deepEqual([finding.claimedBytes, finding.freeableBytes], [0, 0]);
  assert.match(
    finding.evidence[0],
    /^95 % of the inodes of .* are used \(9\d\d files\): \d+ files more can be made, although \d/u,
  );
  assert.match(finding.evidence[1], /sessions \(960\)$/u);
  assert.equal(finding.urgent, undefined);
});

test('80 % are no trouble', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { format: ['-N', '1024'] });
  await buildTree(`${disk.path}/tree`, manyFiles(800));
  assert.deepEqual(await findingsOf('inodes-exhausted', disk.path), []);
});
