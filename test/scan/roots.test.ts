/** Several roots: identical and overlapping ones count once, and hard links between roots once in their sum. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { ABOVE_ROOTS } from '../../src/model/tree.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

test('a path twice, a path inside another, a link to one', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/tree`;
  await buildTree(path, { a: directory({ b: directory({ c: file(10_000) }) }), ab: file(5000) });
  symlinkSync(`${path}/a`, `${folder.path}/link`);
  for (const paths of [
    [path, path],
    [path, `${path}/a`, `${path}/a/b/c`],
    [`${path}/a/b/c`, `${path}/a`, path],
    [path, `${folder.path}/link`],
    [`${path}/`, `${path}/a/..`, `${path}/.`],
  ]) {
    const result = await scanPaths(paths);
    assert.deepEqual(
      result.roots.map((root) => [root.path, root.totals.diskBytes]),
      [[path, du(path).diskBytes]],
    );
  }
});

test('names that only begin alike are roots of their own', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/scan`, { a: file(1) });
  await buildTree(`${folder.path}/scan-2`, { a: file(1) });
  const result = await scanPaths([`${folder.path}/scan`, `${folder.path}/scan-2`]);
  assert.equal(result.roots.length, 2);
});

test('roots that share hard links: each counts them, their sum counts them once', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    one: directory({ own: file(20_000), x: link('x', 100_000), y: link('y', 60_000) }),
    two: directory({
      sub: directory({ x: link('x', 100_000), again: link('x', 100_000) }),
      y: link('y', 60_000),
    }),
    three: directory({ z: file(1) }),
  });
  const paths = ['one', 'two', 'three'].map((name) => `${folder.path}/tree/${name}`);
  // Where du is given several paths it counts an inode once, as the sum of a report does.
  const together = du(`${folder.path}/tree`).diskBytes - 4096;
  for (const order of [paths, paths.toReversed()]) {
    for (const settings of allSettings) {
      const result = await scanPaths(order, settings);
      for (const { path, totals } of result.roots) assert.deepEqual({ ...totals }, find(path).totals);
      const { diskBytes, entries, freeableBytes } = result.tree.columns;
      assert.equal(diskBytes[ABOVE_ROOTS], together);
      assert.equal(entries[ABOVE_ROOTS], du(`${folder.path}/tree`).entries - 1);
      // All links of all inodes are below some root.
      assert.equal(freeableBytes[ABOVE_ROOTS], together);
    }
  }
  const { stdout } = await runDiskwhy([...paths, '--bytes']);
  assert.ok(stdout.includes(`TOTAL  ${together.toLocaleString('en-US')} B`));
});

test('a file as a root, alone, beside and inside others', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    'a.log': file(30_000),
    x: link('x', 9000),
    sub: directory({ x: link('x', 9000) }),
  });
  const path = (name: string): string => `${folder.path}/tree/${name}`;
  for (const settings of allSettings) {
    const alone = await scanPaths([path('a.log')], settings);
    assert.deepEqual({ ...alone.roots[0].totals }, find(path('a.log')).totals);
    assert.deepEqual(
      alone.largestFiles.map((one) => [one.path, one.diskBytes]),
      [[path('a.log'), 32_768]],
    );
    const linked = await scanPaths([path('x'), path('sub'), path('a.log')], settings);
    assert.deepEqual(
      linked.roots.map(({ totals }) => totals.diskBytes),
      [path('x'), path('sub'), path('a.log')].map((one) => du(one).diskBytes),
    );
    const { diskBytes } = linked.tree.columns;
    assert.equal(diskBytes[ABOVE_ROOTS], 12_288 + 4096 + 32_768);
    const inside = await scanPaths([path('a.log'), folder.path], settings);
    assert.equal(inside.roots.length, 1);
  }
});
