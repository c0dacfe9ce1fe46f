/** A mount that does not answer costs its timeout and no more: it is told, the rest goes on, and the exit code is 3. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { deadMount, halfDeadMount, needsFuse } from '../support/dead-mount.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SOON = ['--timeout', '500ms'];
const DELETES = ['--older', '0', '--min-size', '0', '--delete', '--yes', '--no-journal'];

interface WithProblems {
  readonly complete: boolean;
  readonly problems: { readonly items: readonly { path: string; operation: string; code: string }[] };
}

function problemsOf(json: string): string[] {
  const { complete, problems } = JSON.parse(json) as WithProblems;
  assert.equal(complete, false);
  return problems.items.map(({ path, operation, code }) => `${code} ${operation} ${path}`);
}

suite('a mount that does not answer', { skip: needsFuse(), timeout: 300_000, concurrency: 4 }, () => {
  for (const [what, args] of [
    ['explained', (dead: string) => [dead]],
    ['below it a path', (dead: string) => [`${dead}/x`, '--json']],
    ['a log in it', (dead: string) => ['log', `${dead}/x.log`]],
    ['emptied', (dead: string) => ['tmp', dead, ...DELETES]],
    ['watched', (dead: string) => ['watch', dead]],
    ['to be freed', (dead: string) => ['free', '1G', dead]],
    ['checked', (dead: string) => [dead, '--check', '--fail-if', 'used>1%']],
  ] as const)
    test(`named, ${what}: it is said so`, async () => {
      using folder = tempFolder();
      await using _mount = await deadMount(`${folder.path}/dead`);
      const { code, stdout, stderr } = await runDiskwhy([...args(`${folder.path}/dead`), ...SOON]);
      assert.match(stderr + stdout, /\/dead[^\n]*: its filesystem does not answer/u);
      assert.equal(code, 3);
    });

  test('named by a link: neither is it followed', async () => {
    using folder = tempFolder();
    await using _mount = await deadMount(`${folder.path}/dead`);
    symlinkSync('dead/x/y', `${folder.path}/link`);
    const { code, stderr } = await runDiskwhy([`${folder.path}/link`, ...SOON]);
    assert.match(stderr, /link: its filesystem does not answer/u);
    assert.equal(code, 3);
  });

  test('named for the output: it is refused, as nothing can be written there', async () => {
    using folder = tempFolder();
    await using _mount = await deadMount(`${folder.path}/dead`);
    const { code, stderr } = await runDiskwhy(['--output', `${folder.path}/dead/x`, '/dev/shm', ...SOON]);
    assert.match(stderr, /dead\/x: its filesystem does not answer/u);
    assert.equal(code, 2);
  });

  test('named beside another path: that one is explained', async () => {
    using folder = tempFolder();
    await using _mount = await deadMount(`${folder.path}/dead`);
    mkdirSync(`${folder.path}/other`);
    const args = [`${folder.path}/dead`, `${folder.path}/other`, '--json', ...SOON];
    const { code, stdout } = await runDiskwhy(args);
    assert.deepEqual(problemsOf(stdout), [`ETIMEDOUT stat ${folder.path}/dead`]);
    assert.equal(code, 3);
  });

  test('below what is explained: the rest is told', async () => {
    using folder = tempFolder();
    writeFileSync(`${folder.path}/file`, 'x');
    await using _mount = await deadMount(`${folder.path}/d\u00e9ad \\n`);
    const { code, stdout } = await runDiskwhy([folder.path, '--json', ...SOON]);
    const { roots } = JSON.parse(stdout) as { roots: { mounts: { path: string; type: string }[] }[] };
    assert.deepEqual(
      roots[0].mounts.map(({ path, type }) => [path, type]),
      [[`${folder.path}/d\u00e9ad \\n`, 'fuse']],
    );
    assert.deepEqual(problemsOf(stdout), [`ETIMEDOUT statfs ${folder.path}/d\u00e9ad \\n`]);
    assert.equal(code, 3);
  });

  test('elsewhere: nothing is waited for, and nothing is wrong', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/other`);
    await using _mount = await deadMount(`${folder.path}/dead`);
    const { code } = await runDiskwhy([`${folder.path}/other`, '--timeout', '0']);
    assert.equal(code, 0);
  });

  test('of a kind that is usually a disk of this machine: it may hang as well', async () => {
    using folder = tempFolder();
    await using _mount = await deadMount(`${folder.path}/dead`, 'mergerfs');
    const { code, stdout } = await runDiskwhy([folder.path, '--json', ...SOON]);
    assert.deepEqual(problemsOf(stdout), [`ETIMEDOUT statfs ${folder.path}/dead`]);
    assert.equal(code, 3);
  });

  test('in a unit: the unit stays, the others go', async () => {
    using folder = tempFolder();
    for (const unit of ['a', 'unit', 'z']) {
      mkdirSync(`${folder.path}/${unit}`);
      writeFileSync(`${folder.path}/${unit}/file`, 'x');
    }
    await using _mount = await deadMount(`${folder.path}/unit/dead`);
    const { code, stdout } = await runDiskwhy(['tmp', folder.path, ...DELETES, '--json', ...SOON]);
    assert.deepEqual(
      ['a/file', 'unit/file', 'z/file'].map((path) => existsSync(`${folder.path}/${path}`)),
      [false, true, false],
    );
    assert.deepEqual(problemsOf(stdout), [`ETIMEDOUT statfs ${folder.path}/unit/dead`]);
    assert.equal(code, 3);
  });

  test('the home of whoever asks: its caches are passed over, and that is told', async () => {
    using folder = tempFolder();
    await using _mount = await deadMount(`${folder.path}/home`);
    const env = { HOME: `${folder.path}/home`, XDG_STATE_HOME: folder.path, TMPDIR: folder.path };
    const { code, stdout } = await runDiskwhy(['tmp', '--json', ...SOON], { env });
    // Mounts of the tests beside this one may lie in the default roots.
    const own = problemsOf(stdout).filter((problem) => problem.includes(folder.path));
    assert.deepEqual(own, [`ETIMEDOUT statfs ${folder.path}/home`]);
    assert.equal(code, 3);
  });

  for (const [what, args] of [
    ['explained', (half: string) => [half]],
    ['emptied', (half: string) => ['tmp', half, ...DELETES]],
  ] as const)
    test(`that answers only once, ${what}: it is waited for no longer than was said`, async () => {
      using folder = tempFolder();
      await using _mount = await halfDeadMount(`${folder.path}/half`);
      const { code, signal, stderr } = await runDiskwhy([...args(`${folder.path}/half`), ...SOON]);
      // Whoever looks at all mounts of the machine meanwhile takes the one answer.
      assert.match(stderr, /^diskwhy: .*filesystem does not answer/mu);
      assert.doesNotMatch(stderr, /Warning/u);
      assert.deepEqual([code, signal], [3, null]);
    });
});
