/** Full for everybody but root: the reserve of ext4. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { filler } from '../../../fixtures/rules/reserved-blocks.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { buildTree } from '../../support/tree.ts';

const availableBytes = (disk: Mounted): number => {
  const { bavail, bsize } = statfsSync(disk.path);
  return bavail * bsize;
};

suite('reserved blocks', { skip: unless(needsLoopDisk('ext4'), needsTool('tune2fs')) }, () => {
  test('nothing left but the reserve, and the command that gives it back', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '10'] });
    await buildTree(`${disk.path}/tree`, filler(availableBytes(disk) + MIB));
    assert.equal(availableBytes(disk), 0);
    const [finding, ...more] = await findingsOf('reserved-blocks', disk.path);
    assert.deepEqual(more, []);
    assert.deepEqual([finding.claimedBytes, finding.urgent], [0, true]);
    assert.match(
      finding.evidence[0],
      /^\d\.\d MiB \(\d+\.\d %\) of \/dev\/loop\d+ are free, but only root may write them$/u,
    );
    assert.match(finding.evidence[1], /gets "No space left on device" already/u);
    const promised = Number(/gives about ([\d.]+) MiB/u.exec(finding.remedy.text)?.[1]);
    assert.match(finding.remedy.command ?? '', /^tune2fs -m 1 \/dev\/loop\d+$/u);
    execFileSync('sh', ['-c', finding.remedy.command!], { stdio: 'ignore' });
    assert.ok(
      Math.abs(availableBytes(disk) / MIB - promised) < 0.2,
      `${availableBytes(disk)} of ${promised} MiB`,
    );
  });

  test('a large reserve is the cause before the last byte is gone', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '30'] });
    await buildTree(`${disk.path}/tree`, filler(availableBytes(disk) - MIB / 2));
    assert.ok(availableBytes(disk) > 0);
    const [finding] = await findingsOf('reserved-blocks', disk.path);
    assert.equal(finding.urgent, true);
  });

  test('a reserve on a disk with room is nobody’s trouble', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '10'] });
    await buildTree(`${disk.path}/tree`, filler(10 * MIB));
    assert.deepEqual(await findingsOf('reserved-blocks', disk.path), []);
  });

  test('a full disk without a reserve has another reason', async () => {
    using disk = loopDisk('ext4', { format: ['-m', '0'] });
    await buildTree(`${disk.path}/tree`, filler(availableBytes(disk) - MIB));
    assert.deepEqual(await findingsOf('reserved-blocks', disk.path), []);
  });
});
