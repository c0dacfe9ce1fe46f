/** Whose symbolic links are followed on the way to what is to be emptied, and that nobody can lead the way elsewhere. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { UsageError } from '../../src/model/errors.ts';
import { Anchors } from '../../src/system/directories/anchors.ts';
import { chooseDirectoryCalls } from '../../src/system/directories/choose-directory-calls.ts';
import { NOBODY, needsLinux, needsRoot } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ALICE = NOBODY.uid;
const BOB = NOBODY.uid - 1;

function own(path: string, uid: number): void {
  fs.lchownSync(path, uid, uid);
}

for (const source of ['auto', 'portable'] as const) {
  const open = (path: string, uid = 0): string => {
    using anchors = new Anchors(chooseDirectoryCalls(source)!, uid);
    return anchors.open(fromText(path)).path;
  };

  suite(`the way to a directory (${source})`, { skip: needsLinux }, () => {
    test('dots, slashes, links in the middle and at the end, relative paths', () => {
      using folder = tempFolder();
      const uid = process.geteuid!();
      fs.mkdirSync(`${folder.path}/a/b`, { recursive: true });
      fs.symlinkSync('a', `${folder.path}/link`);
      fs.symlinkSync(`${folder.path}/link/b/../b/.`, `${folder.path}/a/absolute`);
      const goal = fs.realpathSync(`${folder.path}/a/b`);
      for (const path of ['a/b', './a//b/', 'link/b', 'link/b/.', 'a/absolute', 'a/absolute/', 'link/../a/b'])
        assert.equal(open(`${folder.path}/${path}`, uid), goal, path);
      const before = process.cwd();
      process.chdir(`${folder.path}/a`);
      try {
        assert.equal(open('b', uid), goal);
        assert.equal(open('../link/b', uid), goal);
        assert.equal(open('.', uid), fs.realpathSync(`${folder.path}/a`));
      } finally {
        process.chdir(before);
      }
    });

    test('what is not there, no directory, or a circle, is one line', () => {
      using folder = tempFolder();
      fs.writeFileSync(`${folder.path}/file`, '');
      fs.symlinkSync('circle', `${folder.path}/circle`);
      for (const [path, message] of [
        ['missing', /no such file/u],
        ['file/x', /not a directory/u],
        ['file/', /not a directory/u],
        ['circle', /too many levels/u],
      ] as const) {
        assert.throws(
          () => open(`${folder.path}/${path}`, process.geteuid!()),
          (error) => error instanceof UsageError && message.test(error.message),
        );
      }
      assert.throws(() => open('/proc/self/root/tmp', process.geteuid!()), /a link of the kernel/u);
    });

    test('links of root, of the caller and of the owner of the goal', { skip: needsRoot }, () => {
      using folder = tempFolder();
      fs.chmodSync(folder.path, 0o755);
      for (const [name, uid] of [
        ['roots', 0],
        ['alices', ALICE],
        ['bobs', BOB],
      ] as const) {
        fs.mkdirSync(`${folder.path}/${name}`);
        own(`${folder.path}/${name}`, uid);
      }
      const link = (name: string, target: string, uid: number, caller = 0): (() => string) => {
        const path = `${folder.path}/${name}`;
        fs.rmSync(path, { force: true });
        fs.symlinkSync(`${folder.path}/${target}`, path);
        own(path, uid);
        return () => open(path, caller);
      };
      const refused = /symbolic link .* could have put there .*: not followed/u;
      assert.match(link('own', 'roots', 0)(), /roots$/u);
      assert.match(link('own', 'alices', 0)(), /alices$/u);
      assert.match(link('hers', 'alices', ALICE)(), /alices$/u);
      assert.match(link('hers', 'alices', ALICE, ALICE)(), /alices$/u);
      assert.match(link('hers', 'bobs', ALICE, ALICE)(), /bobs$/u);
      assert.throws(link('hers', 'roots', ALICE), refused);
      assert.throws(link('hers', 'bobs', ALICE), refused);
      assert.throws(link('hers', 'alices', BOB, ALICE), refused);
      // In the middle of the path, and by way of a link that is trusted.
      fs.mkdirSync(`${folder.path}/roots/deep`);
      const middle = link('hers', 'roots', ALICE);
      assert.throws(() => open(`${folder.path}/hers/deep`), refused);
      assert.throws(middle, refused);
      assert.throws(link('own', 'hers', 0), refused);
      // Root's link in her directory could have been renamed by her.
      fs.symlinkSync(`${folder.path}/roots`, `${folder.path}/alices/of-root`);
      assert.throws(() => open(`${folder.path}/alices/of-root`), refused);
      // And anybody could in a directory that all may write to, unless it is sticky.
      fs.mkdirSync(`${folder.path}/open`);
      fs.symlinkSync('../roots', `${folder.path}/open/link`);
      fs.chmodSync(`${folder.path}/open`, 0o1777);
      assert.match(open(`${folder.path}/open/link`), /roots$/u);
      fs.chmodSync(`${folder.path}/open`, 0o777);
      assert.throws(() => open(`${folder.path}/open/link`), refused);
    });

    test('an anchor is the directory, wherever its path leads later', { skip: needsLinux }, () => {
      using folder = tempFolder();
      const uid = process.geteuid!();
      fs.mkdirSync(`${folder.path}/a/b`, { recursive: true });
      const calls = chooseDirectoryCalls(source)!;
      using anchors = new Anchors(calls, uid);
      const anchor = anchors.open(fromText(`${folder.path}/a`));
      fs.renameSync(`${folder.path}/a`, `${folder.path}/moved`);
      fs.mkdirSync(`${folder.path}/a`);
      assert.equal(anchors.nearest(fromText(`${folder.path}/a/b`)), anchor);
      assert.ok(calls.lookAt(anchor.descriptor, fromText('b')));
    });
  });
}
