/** An image that was deleted under its loop device: named, and detaching it gives back what was promised. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { explainTree, findingsOf } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk } from '../../support/mounted.ts';
import { bytesGivenBack, isKept } from '../../support/promise.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';

const skip = unless(needsLoopDisk('ext4'), needsTool('losetup'));

test('attached, deleted, and not mounted', { skip }, async () => {
  using disk = loopDisk('ext4');
  const image = `${disk.path}/golden.img`;
  execFileSync('sh', ['-c', 'head -c 20M /dev/urandom > "$0"', image]);
  const device = execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8' }).trim();
  let detached = false;
  try {
    assert.deepEqual(await findingsOf('deleted-loop-image', disk.path), []);
    rmSync(image);
    const [finding] = await findingsOf('deleted-loop-image', disk.path);
    assert.equal(finding.device, device);
    assert.equal(finding.remedy.command, `losetup -d ${device}`);
    const { explained } = await explainTree(disk.path);
    assert.ok(explained.bytes <= explained.ofBytes);
    const given = bytesGivenBack(disk.path, finding.remedy.command);
    detached = true;
    assert.ok(isKept(finding.freeableBytes, given), `${finding.freeableBytes} promised, ${given} came back`);
  } finally {
    if (!detached) execFileSync('losetup', ['-d', device]);
  }
});

test('mounted: its content is the only copy, and it is unmounted first', { skip }, async () => {
  using disk = loopDisk('ext4');
  const image = `${disk.path}/data.img`;
  execFileSync('sh', ['-c', 'truncate -s 24M "$0" && mkfs.ext4 -q -F "$0"', image]);
  mkdirSync(`${disk.path}/inner`);
  execFileSync('mount', ['-o', 'loop', image, `${disk.path}/inner`]);
  try {
    execFileSync('sh', ['-c', 'head -c 10M /dev/urandom > "$0"', `${disk.path}/inner/file`]);
    rmSync(image);
    const [finding] = await findingsOf('deleted-loop-image', disk.path);
    assert.match(finding.evidence[1], /mounted on .*inner: what lies there is the only copy/u);
    assert.match(finding.remedy.command ?? '', /^umount .*inner && losetup -d \/dev\/loop\d+$/u);
    using user = await startHolder('exec 5<"$1"', [`${disk.path}/inner/file`]);
    const [used] = await findingsOf('deleted-loop-image', disk.path);
    assert.deepEqual(
      used.users.map(({ pid }) => pid),
      [user.pid],
    );
    assert.deepEqual([used.freeableBytes, used.remedy.command], [0, undefined]);
    assert.match(used.remedy.text, /^copy what lies there to another disk/u);
  } finally {
    execFileSync('umount', [`${disk.path}/inner`]);
  }
});
