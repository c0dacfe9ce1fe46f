/** Directories with a file of the name that was asked for are told as find(1) tells them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, symlink } from '../support/tree.ts';

const NAME = 'CACHEDIR.TAG';

test('regular files of the very name, in whatever directory', async () => {
  using folder = tempFolder();
  const root = `${folder.path}/tree`;
  await buildTree(root, {
    [NAME]: file(1),
    one: directory({ [NAME]: file(43), deeper: directory({ [NAME]: file(0), other: file(2) }) }),
    none: directory({ 'CACHEDIR.TAGS': file(1), 'cachedir.tag': file(1), 'XCACHEDIR.TAG': file(1) }),
    linked: directory({ [NAME]: symlink('../one/CACHEDIR.TAG') }),
    named: directory({ [NAME]: directory({ file: file(1) }) }),
  });
  const expected = execFileSync('find', [root, '-type', 'f', '-name', NAME, '-printf', '%h\\n'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .toSorted();
  for (const settings of allSettings) {
    const { tree, notedDirectories } = await scanPaths([root], { ...settings, notedName: fromText(NAME) });
    assert.deepEqual([...notedDirectories!].map((id) => tree.path(id)).toSorted(), expected);
  }
});

test('nothing is noted where nothing was asked for', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, { [NAME]: file(1) });
  assert.equal((await scanPaths([`${folder.path}/tree`])).notedDirectories, undefined);
});
