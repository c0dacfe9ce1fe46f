import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundle, writePackFile } from '../../build/bundle.ts';
import { readCaches } from '../../build/record-caches.ts';
import { tempFolder } from '../support/temp-folder.ts';

const dist = path.resolve(import.meta.dirname, '../../dist');

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

test('what was built is the source and the code caches in it, to the byte', async () => {
  using folder = tempFolder();
  const again = path.join(folder.path, 'dist');
  const { program, threads } = await bundle(again);
  const caches = readCaches(dist);
  assert.ok(caches.program.size > 10);
  writePackFile(path.join(again, 'program.pack'), program, caches.program);
  writePackFile(path.join(again, 'threads.pack'), threads, caches.threads);
  for (const file of readdirSync(again))
    assert.ok(readFileSync(path.join(again, file)).equals(readFileSync(path.join(dist, file))), file);
});
