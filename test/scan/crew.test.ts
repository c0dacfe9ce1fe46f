/** Many threads on large trees of awkward shapes: the same numbers everywhere as one thread and as du. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { shapes } from '../../fixtures/trees/shapes.ts';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import type { FindResult } from '../support/find.ts';
import { needsLong } from '../support/requirements.ts';
import { allSettings, directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { buildTree } from '../support/tree.ts';

/** Deep enough that no path of the kernel's holds it; as large as it once was where there is time. */
const part = needsLong === false ? 1 : 3;

suite(
  'a chain of thousands with branches, small directories by the hundred, a huge one, links across them',
  () => {
    let folder: TempFolder;
    let path: string;
    let expected: FindResult;
    before(async () => {
      folder = tempFolder();
      path = `${folder.path}/shapes`;
      await buildTree(
        path,
        shapes({
          levels: 3000 / part,
          smallDirectories: 2100 / part,
          flatFiles: 30_000 / part,
          linked: 300 / part,
        }),
      );
      expected = find(path);
      const { diskBytes, entries } = expected.totals;
      assert.deepEqual({ diskBytes, entries }, du(path));
    });
    after(() => folder[Symbol.dispose]());

    for (const { source, threads } of allSettings) {
      test(`${source}, ${threads} threads`, async () => {
        const result = await scanPaths([path], { source, threads });
        assert.deepEqual(result.problems, { count: 0, items: [] });
        const [root] = result.roots;
        assert.deepEqual({ ...root.totals }, expected.totals);
        assert.deepEqual(directoriesOf(result, root), expected.directories);
        // Threads that had no time to start count no less.
        assert.ok(result.threads <= threads);
      });
    }

    test('as many threads as the work deserves, again and again', async () => {
      for (let round = 0; round < 3; round++) {
        const result = await scanPaths([path]);
        assert.deepEqual(directoriesOf(result, result.roots[0]), expected.directories);
      }
    });
  },
);
