/** A path that cannot be looked at does not lose the others; where something may be deleted it stops everything. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { explainJson, runDiskwhy } from '../support/diskwhy.ts';
import { NOBODY, needsLinux, needsOtherUser } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

suite('one bad path', { skip: needsLinux }, () => {
  test('explain: the others are reported, the problem is listed', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/good`);
    writeFileSync(`${folder.path}/good/file`, 'x'.repeat(5000));
    symlinkSync('loop', `${folder.path}/loop`);
    symlinkSync('nowhere', `${folder.path}/dangling`);
    for (const [bad, errno, words] of [
      ['nowhere', 'ENOENT', 'no such file or directory'],
      ['loop', 'ELOOP', 'too many levels of symbolic links'],
      ['dangling', 'ENOENT', 'no such file or directory'],
      ['good/file/x', 'ENOTDIR', 'not a directory'],
      ['x'.repeat(300), 'ENAMETOOLONG', 'name too long'],
    ] as const) {
      for (const order of [
        ['good', bad],
        [bad, 'good'],
      ]) {
        const { json, code, stderr } = await explainJson(order, { cwd: folder.path });
        assert.deepEqual([code, stderr], [3, `diskwhy: ${bad}: ${words}\n`]);
        assert.equal(json.complete, false);
        assert.deepEqual(json.problems, { count: 1, items: [{ path: bad, operation: 'stat', code: errno }] });
        assert.deepEqual(
          json.roots.map(({ path }) => path),
          [`${folder.path}/good`],
        );
      }
    }
    const { code, stdout, stderr } = await runDiskwhy(['nowhere', 'loop'], { cwd: folder.path });
    assert.deepEqual([code, stdout, stderr], [2, '', 'diskwhy: nowhere: no such file or directory\n']);
  });

  test('explain: one that this user may not reach', { skip: needsOtherUser }, async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/closed/in`, { recursive: true, mode: 0o700 });
    mkdirSync(`${folder.path}/good`);
    const { json, code } = await explainJson([`${folder.path}/closed/in`, `${folder.path}/good`], NOBODY);
    assert.deepEqual([code, json.problems.items[0].code, json.roots.length], [3, 'EACCES', 1]);
  });

  test('watch: the others are watched', async () => {
    using folder = tempFolder();
    const { code, stdout, stderr } = await runDiskwhy([
      'watch',
      folder.path,
      `${folder.path}/no`,
      '--for',
      '1s',
    ]);
    assert.deepEqual([code, stderr], [3, `diskwhy: ${folder.path}/no: no such file or directory\n`]);
    assert.match(stdout, /SUMMARY/u);
  });

  test('log: the others are read', async () => {
    using folder = tempFolder();
    writeFileSync(`${folder.path}/app.log`, '2026-01-01 00:00:00 one\n');
    const { code, stdout, stderr } = await runDiskwhy(['log', 'no.log', '.', 'app.log'], {
      cwd: folder.path,
    });
    assert.equal(code, 3);
    assert.match(stdout, /^app\.log/mu);
    assert.match(stderr, /^diskwhy: no\.log: no such file or directory\ndiskwhy: \.: is a directory/u);
    const none = await runDiskwhy(['log', 'no.log', 'nor.log'], { cwd: folder.path });
    assert.deepEqual([none.code, none.stdout, none.stderr.split('\n').length], [2, '', 3]);
  });

  test('tmp: nothing is read or deleted', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/root`);
    writeFileSync(`${folder.path}/root/file`, 'x');
    const args = [
      'tmp',
      '--older',
      '0',
      '--min-size',
      '0',
      '--delete',
      '--yes',
      '--no-journal',
      '--assume-unused',
    ];
    for (const bad of ['nowhere', '', 'root/file', '/proc', '/etc/passwd/x', '*']) {
      const { code, stdout, stderr } = await runDiskwhy([...args, '--', 'root', bad], { cwd: folder.path });
      assert.deepEqual([code, stdout], [2, ''], bad);
      assert.match(stderr, /^diskwhy: [^\n]+\n$/u);
      assert.ok(existsSync(`${folder.path}/root/file`));
    }
  });

  test('--check: a path that is not there is no good news', async () => {
    using folder = tempFolder();
    const { code, stdout, stderr } = await runDiskwhy([
      folder.path,
      '/no',
      '--check',
      '--fail-if',
      'used>100%',
    ]);
    assert.deepEqual([code, stdout, stderr], [3, 'DISKWHY UNKNOWN - /no: no such file or directory\n', '']);
  });
});
