/** ncdu's binary exports, written byte by byte as their documentation says: the tree that is in them, or one line. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { UsageError } from '../../src/model/errors.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { readSnapshot } from '../../src/snapshot/snapshot.ts';
import { find } from '../support/find.ts';
import { binaryExport } from '../support/ncdu-binary.ts';
import { directoriesOf } from '../support/scan-paths.ts';
import { readFile, takeSnapshot } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

const numRuns = Number(process.env['SNAPSHOT_RUNS'] ?? 15);
const mutations = Number(process.env['SNAPSHOT_MUTATIONS'] ?? 300);

test('random trees: the numbers of find, whatever blocks the items lie in', async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, fc.integer({ min: 1, max: 5000 }), async (description, blockBytes) => {
      using folder = tempFolder();
      const path = `${folder.path}/tree`;
      await buildTree(path, description);
      await takeSnapshot(path, `${folder.path}/s.json`);
      writeFileSync(`${folder.path}/s.ncdu`, binaryExport(`${folder.path}/s.json`, blockBytes));
      const { scan, head } = await readFile(`${folder.path}/s.ncdu`);
      const expected = find(path);
      assert.equal(head.program, 'ncdu');
      assert.deepEqual({ ...scan.roots[0].totals }, expected.totals);
      assert.deepEqual(directoriesOf(scan, scan.roots[0]), expected.directories);
    }),
    { numRuns },
  );
});

test('what was left out or could not be read is known', async () => {
  using folder = tempFolder();
  const tree = `[1,2,{},[{"name":"/r","dsize":512},{"name":"a","excluded":"pattern"},[{"name":"b","excluded":"otherfs"}],
    {"name":"c","read_error":true},[{"name":"d","read_error":true,"dsize":512}]]]`;
  writeFileSync(`${folder.path}/s.json`, tree);
  writeFileSync(`${folder.path}/s.ncdu`, binaryExport(`${folder.path}/s.json`, 10));
  for (const name of ['s.json', 's.ncdu']) {
    const { scan } = await readFile(`${folder.path}/${name}`);
    assert.equal(scan.roots[0].totals.diskBytes, 1024);
    assert.equal(scan.excluded, 1);
    assert.deepEqual(
      scan.problems.items.map(({ path }) => path),
      ['/r/c', '/r/d'],
    );
  }
});

test('changed at random, it is read or refused with the place, and nothing else', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    a: file(1),
    b: link('1', 5000),
    c: directory({ d: link('1', 5000), e: directory({ f: file(2) }) }),
  });
  await takeSnapshot(`${folder.path}/tree`, `${folder.path}/s.json`);
  const original = binaryExport(`${folder.path}/s.json`, 100);
  const changed = `${folder.path}/changed`;
  let refused = 0;
  for (let run = 0; run < mutations; run++) {
    const bytes = Buffer.from(original);
    const at = (): number => 8 + Math.floor(Math.random() * (bytes.length - 8));
    for (let count = 1 + Math.floor(Math.random() * 3); count > 0; count--)
      bytes[at()] = Math.floor(Math.random() * 256);
    writeFileSync(changed, run % 3 === 0 ? bytes.subarray(0, at()) : bytes);
    try {
      await readFile(changed);
    } catch (error) {
      assert.ok(error instanceof UsageError, `${String(error)}: ${bytes.toString('base64')}`);
      assert.match(error.message, /^is no whole snapshot: .*, byte \d+$/u);
      refused++;
    }
  }
  assert.ok(refused > mutations / 2);
});

test('its index is at the end: it cannot come through a pipe', async () => {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('bf6e63647545583100000000', 'hex');
  };
  await assert.rejects(
    readSnapshot(
      { path: fromText('-'), pieces: pieces() },
      { nowSeconds: 0, largestCount: 0, rankByApparent: false },
    ),
    /name the file/u,
  );
});
