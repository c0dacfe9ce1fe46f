/** Claims of random trees: whatever is claimed in whatever order, no byte is explained twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Claims } from '../../../src/explain/claims/claims.ts';
import { directory, file, link } from '../../support/tree.ts';
import type { TreeDescription } from '../../support/tree.ts';
import { buildTree } from '../../support/tree.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { treeArbitrary } from '../../support/tree-arbitrary.ts';

test('claims of directories and files never add up to more than there is', async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, fc.array(fc.nat(), { maxLength: 30 }), async (tree, picks) => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/tree`, tree);
      const { scan } = await explainTree(`${folder.path}/tree`);
      const claims = new Claims(scan);
      const { count, diskBytes } = scan.tree.columns;
      let sum = 0;
      for (const pick of picks) {
        const files = scan.largestFiles;
        const at = pick % (count - 1 + files.length);
        const { claimedBytes, diskBytes: whole } =
          at < count - 1 ? claims.directory(at + 1) : claims.file(files[at - count + 1]);
        assert.ok(claimedBytes >= 0 && claimedBytes <= whole);
        sum += claimedBytes;
      }
      assert.ok(sum <= diskBytes[1], `${sum} of ${diskBytes[1]}`);
      sum += claims.directory(1).claimedBytes;
      assert.ok(sum <= diskBytes[1]);
      // Without shared inodes nothing is lost either.
      if (!JSON.stringify(tree).includes('"link"')) assert.equal(sum, diskBytes[1]);
    }),
    { numRuns: 60 },
  );
});

const tree: TreeDescription = {
  a: directory({
    big: file(100_000),
    one: link('shared', 50_000),
    inner: directory({ small: file(20_000) }),
  }),
  b: directory({ other: link('shared') }),
};

test('a file inside a claimed directory, and the directory around claimed files', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, tree);
  const { scan } = await explainTree(`${folder.path}/tree`);
  const find = (path: string): number => scan.tree.find(`${folder.path}/tree/${path}` as never)!;
  const big = scan.largestFiles.find(({ name }) => name === 'big')!;
  const claims = new Claims(scan);
  assert.deepEqual(claims.file(big), { diskBytes: big.diskBytes, claimedBytes: big.diskBytes });
  assert.equal(claims.file(big).claimedBytes, 0);
  const { diskBytes } = scan.tree.columns;
  const a = find('a');
  assert.equal(claims.unclaimedBytes(a), diskBytes[a] - big.diskBytes);
  assert.equal(claims.directory(a).claimedBytes, diskBytes[a] - big.diskBytes);
  assert.equal(claims.directory(find('a/inner')).claimedBytes, 0);
  assert.ok(claims.isClaimed(find('a/inner')));
  // The inode they share went to the first: what is left is b's own block and that of the directory above.
  assert.ok(claims.directory(find('b')).claimedBytes <= 2 * 4096);
});
