/** A disk with space but hardly an inode left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manyFiles } from '../../../fixtures/rules/inodes-exhausted.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { buildTree, directory, file } from '../../support/tree.ts';

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

test(
  'a cache spread over hundreds of directories is one, and PHP sessions say what cleans them',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4', { format: ['-N', '1024'] });
    const shard = directory({ a: file(1), b: file(1), c: file(1) });
    const shards = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`s${index}`, shard]));
    const sessions = Object.fromEntries(
      Array.from({ length: 350 }, (_, index) => [`sess_${index}`, file(1)]),
    );
    await buildTree(`${disk.path}/tree`, {
      app: directory({ cache: directory({ v2: directory(shards) }), config: file(1) }),
      php: directory({ sessions: directory(sessions) }),
    });
    const [finding] = await findingsOf('inodes-exhausted', disk.path);
    assert.deepEqual(finding.paths, [`${disk.path}/tree/app/cache/v2`, `${disk.path}/tree/php/sessions`]);
    assert.deepEqual(
      finding.crowded.map(({ files }) => files),
      [600, 350],
    );
    assert.notEqual(finding.sessionCleaner, undefined);
    assert.match(finding.evidence[1], /; these are PHP sessions/u);
  },
);

test('80 % are no trouble', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { format: ['-N', '1024'] });
  await buildTree(`${disk.path}/tree`, manyFiles(800));
  assert.deepEqual(await findingsOf('inodes-exhausted', disk.path), []);
});
