/** The promise of du on random trees: every total to the byte, and every directory's numbers by the book. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { allSettings, directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

test('random trees: du, find and the scan agree to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, fc.constantFrom(...allSettings), async (description, settings) => {
      using folder = tempFolder();
      const path = `${folder.path}/tree`;
      await buildTree(path, description);
      const expected = find(path);
      const result = await scanPaths([path], settings);
      const [root] = result.roots;
      assert.deepEqual(result.problems.items, []);
      assert.ok(result.complete);
      assert.deepEqual({ ...root.totals }, expected.totals);
      const { diskBytes, entries } = root.totals;
      assert.deepEqual({ diskBytes, entries }, du(path));
      assert.deepEqual(directoriesOf(result, root), expected.directories);
    }),
    { numRuns: 200 },
  );
});
