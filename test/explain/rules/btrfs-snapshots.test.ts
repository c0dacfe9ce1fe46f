/** Snapshots of btrfs by whatever tool: named as what keeps the bytes, counted no more often than they are used, and never deleted by rm. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { explainTree, findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';

const btrfs = (...words: readonly string[]): unknown => execFileSync('btrfs', words, { stdio: 'ignore' });

suite('btrfs-snapshots', { skip: needsLoopDisk('btrfs') }, () => {
  test('what was deleted is in the snapshots of a script', async () => {
    using disk = loopDisk('btrfs');
    const live = `${disk.path}/live`;
    btrfs('subvolume', 'create', live);
    mkdirSync(`${disk.path}/.snap`);
    writeFileSync(`${live}/app.log`, '2026-11-27T10:00:00Z ERROR retry\n'.repeat(100_000));
    for (const day of [20, 21, 22]) {
      writeFileSync(`${live}/dump.sql`, randomBytes(8 * MIB));
      btrfs('subvolume', 'snapshot', '-r', live, `${disk.path}/.snap/daily-2026-11-${day}`);
    }
    rmSync(`${live}/dump.sql`);
    btrfs('filesystem', 'sync', disk.path);
    const [finding, ...more] = await findingsOf('btrfs-snapshots', disk.path);
    assert.deepEqual(more, []);
    assert.match(
      finding.evidence[0],
      /^3 read-only snapshots in .*\.snap: daily-2026-11-20 to daily-2026-11-22$/u,
    );
    assert.ok(finding.claimedBytes >= 20 * MIB, `${finding.claimedBytes}`);
    assert.deepEqual([finding.risk, finding.freeableBytes], ['never', 0]);
    assert.match(finding.remedy.command ?? '', /^btrfs filesystem du -s /u);
    const { explained } = await explainTree(disk.path);
    assert.ok(explained.bytes <= explained.ofBytes, `${explained.bytes} of ${explained.ofBytes}`);
  });

  test('a subvolume that is written, and a disk that is mounted read-only, are none', async () => {
    using disk = loopDisk('btrfs');
    btrfs('subvolume', 'create', `${disk.path}/data`);
    writeFileSync(`${disk.path}/data/file`, randomBytes(5 * MIB));
    assert.deepEqual(await findingsOf('btrfs-snapshots', disk.path), []);
    execFileSync('mount', ['-o', 'remount,ro', disk.path]);
    assert.deepEqual(await findingsOf('btrfs-snapshots', disk.path), []);
  });
});
