/** Snapshots of btrfs by whatever tool: named as what keeps the bytes, counted no more often than they are used, and never deleted by rm. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { mayHoldSubvolumes } from '../../../src/system/filesystems/btrfs-snapshots.ts';
import { explainTree, findingsOf } from '../../support/explain-tree.ts';
import { loopDisk, mount } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
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
    const { togetherBytes, mostAlone, isComplete } = finding.shares!;
    assert.ok(togetherBytes >= 24 * MIB && togetherBytes < 25 * MIB, `${togetherBytes}`);
    assert.deepEqual([mostAlone?.bytes, isComplete], [8 * MIB, true]);
    assert.match(
      finding.evidence[1],
      /^deleting all of them gives back 24\.0 MiB, daily-2026-11-2\d alone 8\.0 MiB$/u,
    );
    assert.equal(finding.risk, 'never');
    assert.equal(finding.freeableBytes, 8 * MIB);
    assert.match(finding.remedy.command ?? '', /^btrfs filesystem du -s /u);
    const { explained } = await explainTree(disk.path);
    assert.ok(explained.bytes <= explained.ofBytes, `${explained.bytes} of ${explained.ofBytes}`);
  });

  test('a snapshot that can be written holds a file, and what quota groups count', async () => {
    using disk = loopDisk('btrfs');
    const live = `${disk.path}/live`;
    btrfs('subvolume', 'create', live);
    btrfs('quota', 'enable', disk.path);
    writeFileSync(`${live}/kept`, randomBytes(16 * MIB));
    writeFileSync(`${live}/gone`, randomBytes(6 * MIB));
    btrfs('subvolume', 'snapshot', live, `${disk.path}/copy`);
    rmSync(`${live}/gone`);
    btrfs('quota', 'rescan', '-w', disk.path);
    btrfs('filesystem', 'sync', disk.path);
    const [finding] = await findingsOf('btrfs-snapshots', disk.path);
    assert.deepEqual([finding.count, finding.writable], [1, 1]);
    assert.ok((finding.shares?.togetherBytes ?? 0) >= 6 * MIB);
    assert.ok((finding.shares?.togetherBytes ?? 0) < 7 * MIB);
    assert.deepEqual(
      finding.heldFiles.map(({ path, ...held }) => [path, held]),
      [[`${live}/kept`, { diskBytes: 16 * MIB, heldBytes: 16 * MIB, snapshots: 1 }]],
    );
    assert.ok(finding.evidence.some((line) => line.endsWith('kept gives back nothing: 1 snapshot holds it')));
    // Somebody works in it: it is what it is a copy of that may be old.
    mkdirSync(`${disk.path}/mounted`);
    const source = execFileSync('findmnt', ['-n', '-o', 'SOURCE', disk.path], { encoding: 'utf8' }).trim();
    using _ = mount(`${disk.path}/mounted`, '-o', 'subvol=copy', source);
    assert.deepEqual(await findingsOf('btrfs-snapshots', disk.path), []);
  });

  test('snapshots in a subvolume that is mounted beside what they are of', async () => {
    using disk = loopDisk('btrfs');
    for (const name of ['system', 'kept']) btrfs('subvolume', 'create', `${disk.path}/${name}`);
    writeFileSync(`${disk.path}/system/data`, randomBytes(8 * MIB));
    btrfs('subvolume', 'snapshot', '-r', `${disk.path}/system`, `${disk.path}/kept/monday`);
    rmSync(`${disk.path}/system/data`);
    btrfs('filesystem', 'sync', disk.path);
    using folder = tempFolder();
    const root = `${folder.path}/root`;
    mkdirSync(root);
    const source = execFileSync('findmnt', ['-n', '-o', 'SOURCE', disk.path], { encoding: 'utf8' }).trim();
    using _system = mount(root, '-o', 'subvol=system', source);
    mkdirSync(`${root}/.snapshots`);
    using _kept = mount(`${root}/.snapshots`, '-o', 'subvol=kept', source);
    const [finding, ...more] = await findingsOf('btrfs-snapshots', root, { crossMounts: true });
    assert.deepEqual([more.length, finding.count, finding.last], [0, 1, 'monday']);
  });

  test('a subvolume that is written, and a disk that is mounted read-only, are none', async () => {
    using disk = loopDisk('btrfs');
    mkdirSync(`${disk.path}/deep`);
    assert.equal(mayHoldSubvolumes(fromText(disk.path)), false);
    btrfs('subvolume', 'create', `${disk.path}/deep/er`);
    btrfs('subvolume', 'create', `${disk.path}/data`);
    assert.deepEqual(
      [disk.path, `${disk.path}/data`].map((path) => mayHoldSubvolumes(fromText(path))),
      [true, false],
    );
    writeFileSync(`${disk.path}/data/file`, randomBytes(5 * MIB));
    assert.deepEqual(await findingsOf('btrfs-snapshots', disk.path), []);
    execFileSync('mount', ['-o', 'remount,ro', disk.path]);
    assert.deepEqual(await findingsOf('btrfs-snapshots', disk.path), []);
  });
});
