/** On a filesystem without a free byte or a free inode everything works, and nothing is written. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainJson, runDiskwhy } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { loopDisk } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';

/** Writes until there is no room: first large pieces, then small ones, then empty files. */
function fill(path: string): void {
  for (const bytes of [65_536, 1024])
    untilFull(() => appendFileSync(`${path}/ballast`, Buffer.alloc(bytes, 'x')));
  let count = 0;
  untilFull(() => writeFileSync(`${path}/inode${count++}`, ''));
}

function untilFull(write: () => void): void {
  for (;;) {
    try {
      write();
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOSPC');
      return;
    }
  }
}

/** Everything that a write would change, access times left out. */
function state(path: string): string {
  return execFileSync('find', [path, '-printf', String.raw`%p %i %s %b %n %T@ %C@\n`], { encoding: 'utf8' });
}

test('no free bytes and no free inodes', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
  for (const name of ['home', 'tmp', 'cwd']) mkdirSync(`${disk.path}/${name}`);
  fill(disk.path);
  const { bavail, ffree } = statfsSync(disk.path);
  assert.deepEqual([bavail, ffree], [0, 0]);
  const before = state(disk.path);
  const surroundings = {
    cwd: `${disk.path}/cwd`,
    env: {
      HOME: `${disk.path}/home`,
      TMPDIR: `${disk.path}/tmp`,
      XDG_CACHE_HOME: `${disk.path}/home/.cache`,
    },
  };
  const expected = du(disk.path);
  for (const source of ['walk', 'portable']) {
    for (const threads of ['1', '4']) {
      const { json, code, stderr } = await explainJson(
        [disk.path, '--source', source, '--threads', threads],
        surroundings,
      );
      assert.deepEqual([code, stderr, json.complete], [0, '', true]);
      const { diskBytes, entries } = json.roots[0].totals;
      assert.deepEqual({ diskBytes, entries }, expected);
      const [filesystem] = json.filesystems;
      assert.equal(filesystem.availableBytes, 0);
      assert.equal(filesystem.inodesUsed, filesystem.inodes);
    }
  }
  const report = await runDiskwhy(['..'], surroundings);
  assert.deepEqual([report.code, report.stderr], [0, '']);
  assert.match(report.stdout, /100 % used/u);
  for (const args of [['--help'], ['--version']])
    assert.equal((await runDiskwhy(args, surroundings)).code, 0);
  assert.equal((await runDiskwhy(['missing'], surroundings)).code, 2);
  assert.equal(state(disk.path), before);
});

test('a disk mounted read-only', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  for (const name of ['home', 'tmp']) mkdirSync(`${disk.path}/${name}`);
  writeFileSync(`${disk.path}/file`, Buffer.alloc(100_000));
  execFileSync('mount', ['-o', 'remount,ro', disk.path]);
  const { json, code, stderr } = await explainJson(['.'], {
    cwd: disk.path,
    env: { HOME: `${disk.path}/home`, TMPDIR: `${disk.path}/tmp` },
  });
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal(json.roots[0].totals.diskBytes, du(disk.path).diskBytes);
});
