/** Hard links by the book (DESIGN §3): once in every directory above, freeable where no link is outside, any order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { allSettings, directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { find } from '../support/find.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

const BLOCK = 4096;

/** [bytes on disk, freeable bytes, entries] of a directory. */
function numbers({ tree }: ScanResult, path: string): number[] {
  const id = tree.find(fromText(path))!;
  const { diskBytes, freeableBytes, entries } = tree.columns;
  return [diskBytes[id], freeableBytes[id], entries[id]];
}

test('links inside one directory, across siblings, and to the outside', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/all`, {
    tree: directory({
      within: directory({ a: link('within', BLOCK), b: link('within', BLOCK), c: link('within', BLOCK) }),
      left: directory({ deep: directory({ a: link('across', 2 * BLOCK) }) }),
      right: directory({ a: link('across', 2 * BLOCK), b: link('across', 2 * BLOCK) }),
      leaving: directory({ a: link('outside', 4 * BLOCK), own: file(8 * BLOCK) }),
    }),
    outside: link('outside', 4 * BLOCK),
  });
  for (const settings of allSettings) {
    const result = await scanPaths([`${folder.path}/all/tree`], settings);
    const of = (name: string): number[] => numbers(result, `${folder.path}/all/tree${name}`);
    // A directory of some entries takes a block.
    assert.deepEqual(of('/within'), [2 * BLOCK, 2 * BLOCK, 2]);
    assert.deepEqual(of('/left'), [4 * BLOCK, 2 * BLOCK, 3]);
    assert.deepEqual(of('/left/deep'), [3 * BLOCK, BLOCK, 2]);
    assert.deepEqual(of('/right'), [3 * BLOCK, BLOCK, 2]);
    assert.deepEqual(of('/leaving'), [13 * BLOCK, 9 * BLOCK, 3]);
    // 6 directories, and each inode once; all but the one that is linked outside can be freed.
    assert.deepEqual(of(''), [(6 + 1 + 2 + 4 + 8) * BLOCK, (6 + 1 + 2 + 8) * BLOCK, 10]);
  }
});

test('the same numbers whatever the order of names on the disk', async () => {
  using folder = tempFolder();
  const names = ['p', 'q', 'r', 's', 't'];
  const tree = (order: readonly string[]): Parameters<typeof buildTree>[1] =>
    Object.fromEntries(
      order.map((name) => [
        name,
        directory({ a: link(name, 5000), b: link(names[(names.indexOf(name) + 2) % 5], 5000), c: file(1) }),
      ]),
    );
  const results = [];
  for (const [index, order] of [names, names.toReversed()].entries()) {
    await buildTree(`${folder.path}/${index}`, tree(order));
    for (const settings of allSettings) {
      const result = await scanPaths([`${folder.path}/${index}`], settings);
      results.push(directoriesOf(result, result.roots[0]));
    }
    assert.deepEqual(results.at(-1), find(`${folder.path}/${index}`).directories);
  }
  for (const result of results) assert.deepEqual(result, results[0]);
});
