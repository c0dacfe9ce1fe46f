/** Swap files in use are told from those left behind, by the kernel's list and the file's own signature. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { swapFiles } from '../../../fixtures/rules/swap-file.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';

test(
  'a swap file left behind, and names without the signature',
  { skip: unless(needsOtherRoot, needsTool('mkswap')) },
  async () => {
    using machine = await otherRoot(swapFiles);
    for (const name of ['swapfile', 'swap/second'])
      execFileSync('mkswap', [`${machine.path}/${name}`], { stdio: 'ignore' });
    mkdirSync(`${machine.path}/etc`);
    writeFileSync(`${machine.path}/etc/fstab`, '/swap/second none swap sw 0 0\n');
    const [first, second, ...more] = await machine.findings('swap-file');
    assert.deepEqual(more, []);
    assert.deepEqual(
      [first.title, first.paths, first.claimedBytes],
      ['unused swap file', ['/swapfile'], 3 * MIB],
    );
    assert.equal(first.remedy.command, 'rm -- /swapfile');
    assert.deepEqual(second.paths, ['/swap/second']);
    assert.match(second.evidence[1], /fstab names it/u);
    assert.equal(second.remedy.command, null);
  },
);

test(
  'a swap file in use is never to be deleted',
  { skip: unless(needsLoopDisk('ext4'), needsTool('mkswap', 'swapon')) },
  async (t) => {
    using disk = loopDisk('ext4');
    const swap = `${disk.path}/anything`;
    writeFileSync(swap, Buffer.alloc(4 * MIB));
    chmodSync(swap, 0o600);
    execFileSync('mkswap', [swap], { stdio: 'ignore' });
    try {
      execFileSync('swapon', [swap], { stdio: 'ignore' });
    } catch {
      t.skip('this kernel does not swap to a file here');
      return;
    }
    try {
      const [finding, ...more] = await findingsOf('swap-file', disk.path);
      assert.deepEqual(more, []);
      assert.deepEqual([finding.title, finding.paths, finding.risk], ['swap file in use', [swap], 'never']);
      assert.deepEqual([finding.claimedBytes, finding.freeableBytes], [4 * MIB, 0]);
      // The kernel may begin to use it at once.
      assert.match(finding.evidence[0], /: [\d.]+ (?:B|KiB|MiB) of 4\.0 MiB are in use/u);
      assert.equal(finding.remedy.command, `swapoff ${swap}`);
    } finally {
      execFileSync('swapoff', [swap]);
    }
  },
);
