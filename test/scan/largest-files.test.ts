/** The largest files: the right ones, in order, each inode once under the first of its names, whoever found it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LargestFiles } from '../../src/scan/tally/largest-files.ts';
import { find } from '../support/find.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree, directory, file, link, preallocated, sparse } from '../support/tree.ts';

test('random trees: the sizes that find says, for lists of any length', async () => {
  await fc.assert(
    fc.asyncProperty(
      treeArbitrary,
      fc.constantFrom(...allSettings),
      fc.integer({ min: 0, max: 30 }),
      fc.boolean(),
      async (description, settings, largestCount, rankByApparent) => {
        using folder = tempFolder();
        await buildTree(`${folder.path}/tree`, description);
        const { files } = find(`${folder.path}/tree`);
        const rank = rankByApparent ? 'apparentBytes' : 'diskBytes';
        const { largestFiles } = await scanPaths([`${folder.path}/tree`], {
          ...settings,
          largestCount,
          rankByApparent,
        });
        const sizes = files.map((one) => one[rank]).filter((size) => size > 0);
        assert.deepEqual(
          largestFiles.map((one) => one[rank]),
          sizes.toSorted((a, b) => b - a).slice(0, largestCount),
        );
        // Names and sizes belong together, and a file appears once.
        const byPath = new Map(files.flatMap((one) => one.paths.map((path) => [path, one])));
        const found = largestFiles.map(({ path }) => byPath.get(path.slice(`${folder.path}/tree/`.length)));
        assert.equal(new Set(found).size, largestFiles.length);
        for (const [index, { diskBytes, apparentBytes, links }] of largestFiles.entries()) {
          const { paths: _, ...expected } = found[index]!;
          assert.deepEqual({ diskBytes, apparentBytes, links }, expected);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a sparse file is small on disk and large to the eye, a preallocated one the other way round', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    sparse: sparse(10_000_000, 4096),
    reserved: preallocated(500_000, 10),
    plain: file(100_000),
  });
  const names = async (rankByApparent: boolean): Promise<string[]> =>
    (await scanPaths([`${folder.path}/tree`], { rankByApparent })).largestFiles.map(({ name }) => name);
  assert.deepEqual(await names(false), ['reserved', 'plain', 'sparse']);
  assert.deepEqual(await names(true), ['sparse', 'plain', 'reserved']);
});

test('of several names the first is shown, even where the list was full in between', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    z: directory({ last: link('big', 200_000), other: file(50_000) }),
    a: directory({ first: link('big', 200_000), another: file(60_000) }),
    m: directory({ middle: link('big', 200_000), small: file(10) }),
  });
  for (const settings of allSettings) {
    const { largestFiles } = await scanPaths([`${folder.path}/tree`], { ...settings, largestCount: 2 });
    assert.deepEqual(
      largestFiles.map(({ path, links }) => [path.slice(folder.path.length + 6), links]),
      [
        ['a/first', 3],
        ['a/another', 1],
      ],
    );
  }
});

test('a heap of any size keeps the largest of what it is offered', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.nat(20), (ranks, most) => {
      const largest = new LargestFiles(most);
      for (const rank of ranks) {
        if (rank <= largest.floor) continue;
        largest.offer({
          rank,
          directory: 1,
          name: 'x' as never,
          blocks: rank,
          apparentBytes: rank,
          mtime: 0,
          links: 1,
          otherNames: [],
          inode: undefined,
        });
      }
      const expected = ranks.filter((rank) => rank > 0).toSorted((a, b) => b - a);
      assert.deepEqual(
        largest
          .files()
          .map(({ rank }) => rank)
          .toSorted((a, b) => b - a),
        expected.slice(0, most),
      );
    }),
  );
});
