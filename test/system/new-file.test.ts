/** A file is there whole or not at all, and stands where its name said when it was begun. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { UsageError } from '../../src/model/errors.ts';
import { beginFile } from '../../src/system/directories/new-file.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { NOBODY, needsLinux, needsRoot } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const uid = process.geteuid!();
const bytes = Buffer.from('new\n');

function refusal(call: () => void): string {
  let said: unknown;
  try {
    call();
  } catch (error) {
    said = error;
  }
  assert.ok(said instanceof UsageError, String(said));
  return said.message;
}

suite('a new file', { skip: needsLinux }, () => {
  test('stands under its name once it is finished, and replaces what was there', () => {
    using folder = tempFolder();
    const path = `${folder.path}/file`;
    fs.writeFileSync(path, 'old');
    const file = beginFile(fromText(path), 0o644, uid);
    file.write(bytes);
    assert.equal(fs.readFileSync(path, 'utf8'), 'old');
    file.finish();
    assert.equal(fs.readFileSync(path, 'utf8'), 'new\n');
    assert.deepEqual(fs.readdirSync(folder.path), ['file']);
  });

  test('leaves what was there where it is not finished', () => {
    using folder = tempFolder();
    const path = `${folder.path}/file`;
    fs.writeFileSync(path, 'old');
    {
      using file = beginFile(fromText(path), 0o644, uid);
      file.write(bytes);
    }
    assert.equal(fs.readFileSync(path, 'utf8'), 'old');
    assert.deepEqual(fs.readdirSync(folder.path), ['file']);
  });

  test('goes where a link of one’s own leads, and the link stays', () => {
    using folder = tempFolder();
    fs.mkdirSync(`${folder.path}/real`);
    fs.symlinkSync('real/file', `${folder.path}/link`);
    fs.writeFileSync(`${folder.path}/real/file`, 'old');
    const file = beginFile(fromText(`${folder.path}/link`), 0o644, uid);
    file.write(bytes);
    file.finish();
    assert.equal(fs.readFileSync(`${folder.path}/real/file`, 'utf8'), 'new\n');
    assert.ok(fs.lstatSync(`${folder.path}/link`).isSymbolicLink());
  });

  test('a relative name stands in the working directory', () => {
    using folder = tempFolder();
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const file = beginFile(fromText('file'), 0o644, uid);
      file.write(bytes);
      file.finish();
    } finally {
      process.chdir(before);
    }
    assert.equal(fs.readFileSync(`${folder.path}/file`, 'utf8'), 'new\n');
  });

  test('a directory, or no directory above, is one line', () => {
    using folder = tempFolder();
    for (const [path, message] of [
      [folder.path, 'is a directory'],
      [`${folder.path}/`, 'is a directory'],
      [`${folder.path}/none/file`, 'no such file'],
    ] as const)
      assert.match(
        refusal(() => beginFile(fromText(path), 0o644, uid)).toLowerCase(),
        new RegExp(message, 'u'),
      );
  });

  test('a FIFO is written to, and stays one', () => {
    using folder = tempFolder();
    const path = `${folder.path}/fifo`;
    execFileSync('mkfifo', [path]);
    const reader = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const file = beginFile(fromText(path), 0o644, uid);
    file.write(bytes);
    file.finish();
    const read = Buffer.alloc(10);
    assert.equal(fs.readSync(reader, read), 4);
    fs.closeSync(reader);
    assert.ok(fs.lstatSync(path).isFIFO());
  });

  test('root does not follow another user’s link', { skip: needsRoot }, () => {
    using folder = tempFolder();
    fs.writeFileSync(`${folder.path}/precious`, 'precious');
    fs.mkdirSync(`${folder.path}/theirs`);
    fs.symlinkSync('../precious', `${folder.path}/theirs/link`);
    for (const name of ['theirs/link', 'theirs'])
      fs.lchownSync(`${folder.path}/${name}`, NOBODY.uid, NOBODY.uid);
    assert.match(
      refusal(() => beginFile(fromText(`${folder.path}/theirs/link`), 0o644, 0)),
      /not followed/u,
    );
    assert.equal(fs.readFileSync(`${folder.path}/precious`, 'utf8'), 'precious');
  });

  test('a full disk leaves the old file and nothing else', { skip: needsRoot }, () => {
    using folder = tempFolder();
    using disk = mountTmpfs(folder.path, 'size=64k');
    const path = `${disk.path}/file`;
    fs.writeFileSync(path, 'old');
    const file = beginFile(fromText(path), 0o644, uid);
    assert.match(
      refusal(() => file.write(Buffer.alloc(1 << 20))),
      /no space/iu,
    );
    assert.equal(fs.readFileSync(path, 'utf8'), 'old');
    assert.deepEqual(fs.readdirSync(folder.path), ['file']);
  });
});
