import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundle } from '../../build/bundle.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('two bundles of the same source are the same bytes, up to the code caches', async () => {
  using folder = tempFolder();
  const [first, second] = [path.join(folder.path, 'a'), path.join(folder.path, 'b')];
  const packs = [await bundle(first), await bundle(second)];
  assert.deepEqual(packs[0], packs[1]);
  assert.ok(packs[0].program.size > 10);
  const files = readdirSync(first);
  assert.deepEqual(readdirSync(second), files);
  for (const file of files)
    assert.ok(readFileSync(path.join(first, file)).equals(readFileSync(path.join(second, file))), file);
});
