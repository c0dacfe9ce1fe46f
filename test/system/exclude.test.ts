/** `--exclude`: names, paths and `**`, the same for both sources. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createExcluder } from '../../src/system/files/exclude.ts';
import { allSettings, directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, chain, directory, file } from '../support/tree.ts';

const cases: readonly (readonly [pattern: string, path: string, excluded: boolean])[] = [
  ['node_modules', '/srv/app/node_modules', true],
  ['node_modules', '/srv/node_modules/app', false],
  ['*.iso', '/srv/a.iso', true],
  ['*.iso', '/srv/a.iso.part', false],
  ['*', '/srv/.hidden', true],
  ['.*', '/srv/.hidden', true],
  ['.*', '/srv/shown', false],
  ['[ab].txt', '/srv/a.txt', true],
  ['{a,b}.txt', '/srv/b.txt', true],
  ['?.txt', '/srv/ab.txt', false],
  ['!a', '/srv/b', false],
  ['!a', '/srv/!a', true],
  ['/srv/a', '/srv/a', true],
  ['/srv/a/', '/srv/a', true],
  ['/srv/a', '/data/srv/a', false],
  ['srv/a', '/data/srv/a', true],
  ['./srv/a', '/data/srv/a', true],
  ['/home/*/.cache', '/home/me/.cache', true],
  ['/home/*/.cache', '/home/me/x/.cache', false],
  ['/home/**/.cache', '/home/me/x/.cache', true],
  ['/home/**/.cache', '/home/.cache', true],
  ['**/build/*.o', '/a/b/build/x.o', true],
  ['**/build/*.o', '/a/b/build/sub/x.o', false],
  ['new\nline', '/srv/new\nline', true],
];

for (const [pattern, path, excluded] of cases) {
  test(`${JSON.stringify(pattern)} ${excluded ? 'leaves out' : 'keeps'} ${JSON.stringify(path)}`, () => {
    const excluder = createExcluder([pattern])!;
    const slash = path.lastIndexOf('/') + 1;
    assert.equal(excluder.excludes(path.slice(0, slash), path.slice(slash)), excluded);
    assert.equal(excluder.needsPath, pattern.includes('/'));
  });
}

test('no patterns, no excluder', () => {
  assert.equal(createExcluder([]), undefined);
});

test('a scan leaves out what is excluded and everything below it, at any depth, with both sources', async () => {
  using folder = tempFolder();
  // Longer than what the portable source reaches by one path, shorter than PATH_MAX.
  const deep = Array.from({ length: 60 }, () => 'd'.repeat(60));
  await buildTree(`${folder.path}/tree`, {
    keep: directory({ 'a.iso': file(5000), b: file(5000) }),
    drop: directory({ c: file(5000), sub: directory({ d: file(5000) }) }),
    other: directory({ drop: directory({ e: file(5000) }), sub: directory({ f: file(5000) }) }),
    deep: chain(deep, { sub: directory({ g: file(5000) }), end: file(5000) }),
  });
  const path = `${folder.path}/tree`;
  for (const settings of allSettings) {
    const left = async (...exclude: string[]): Promise<string> => {
      const result = await scanPaths([path], { ...settings, exclude });
      const [root] = result.roots;
      const names = directoriesOf(result, root).map(({ name }) => name);
      const shown = names.filter((name) => !name.startsWith('dd'));
      return `${shown.join(' ')}; ${root.totals.files} files, ${result.excluded} excluded`;
    };
    assert.equal(await left(), ' deep sub drop sub keep other drop sub; 8 files, 0 excluded');
    assert.equal(await left('drop'), ' deep sub keep other sub; 5 files, 2 excluded');
    assert.equal(await left(`${path}/drop`), ' deep sub keep other drop sub; 6 files, 1 excluded');
    assert.equal(await left('**/sub'), ' deep drop keep other drop; 5 files, 3 excluded');
    assert.equal(await left('tree/*/sub', '*.iso'), ' deep sub drop keep other drop; 5 files, 3 excluded');
  }
});
