/** Many roots for several threads: each opens some of them, and nothing is said about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainJson } from '../support/diskwhy.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';

const ROOTS = 60;

test('sixty roots in four threads', { skip: needsLinux }, async () => {
  using folder = tempFolder();
  const inner: TreeDescription = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`d${index}`, directory({ x: file(0) })]),
  );
  const names = Array.from({ length: ROOTS }, (_, index) => `r${index}`);
  await buildTree(`${folder.path}/tree`, Object.fromEntries(names.map((name) => [name, directory(inner)])));
  const paths = names.map((name) => `${folder.path}/tree/${name}`);
  const { json, code, stderr } = await explainJson([...paths, '--threads', '4', '--quiet']);
  // Node itself warned here of descriptors that the walk closes without it.
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(
    json.roots.map(({ totals }) => totals.entries),
    names.map(() => 1 + 30 * 2),
  );
});
