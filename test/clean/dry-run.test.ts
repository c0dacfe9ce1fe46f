/** What a dry run says would go is what goes, on random trees. DISKWHY_RUNS=200 tries more of them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromBytes, joinPath, fromText } from '../../src/model/byte-string.ts';
import { clean, codeOf, planned } from '../support/plan.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree, directory, file } from '../support/tree.ts';

/** Every name below `place`, however deep: find(1) resolves no long path. */
function everything(place: string): string[] {
  return execFileSync('find', ['.', '-mindepth', '1', '-printf', String.raw`%P\0`], {
    cwd: place,
    encoding: 'latin1',
    maxBuffer: 2 ** 28,
  })
    .split('\0')
    .toSorted();
}

const runs = Number(process.env['DISKWHY_RUNS'] ?? 40);

test('dry run and deletion agree on random trees', { skip: needsLinux }, async () => {
  let deletedUnits = 0;
  let keptUnits = 0;
  await fc.assert(
    fc.asyncProperty(treeArbitrary, fc.nat(6), async (description, touched) => {
      using folder = tempFolder();
      const root = `${folder.path}/tree`;
      await buildTree(root, { ...description, plain: directory({ a: file(10) }) });
      const units = readdirSync(root, { encoding: 'buffer' }).flatMap((name) => {
        const path = joinPath(fromText(root), fromBytes(name));
        try {
          return [planned(path)];
        } catch {
          // Deeper than a path can name: the oracle cannot read it, so it is not planned.
          return [];
        }
      });
      if (touched === 0) appendFileSync(`${root}/plain/a`, 'changed');
      const before = everything(root);
      const dry = await clean(units, { dryRun: true });
      assert.deepEqual(everything(root), before);
      const would = dry.filter(({ outcome }) => outcome === 'would-delete').map(({ path }) => path);
      const real = await clean(units, touched % 3 === 0 ? { helpFrom: 1 } : {});
      const deleted = real.filter(({ outcome }) => outcome === 'deleted').map(({ path }) => path);
      assert.deepEqual(deleted, would);
      assert.deepEqual(
        real.filter(({ outcome }) => outcome !== 'deleted').map((one) => [one.path, codeOf(one)]),
        dry.filter(({ outcome }) => outcome !== 'would-delete').map((one) => [one.path, codeOf(one)]),
      );
      // Nothing else went, and nothing of it stayed.
      const gone = deleted.map((path) => path.slice(root.length + 1));
      const expected = before.filter(
        (name) => !gone.some((unit) => name === unit || name.startsWith(`${unit}/`)),
      );
      assert.deepEqual(everything(root), expected);
      assert.equal(existsSync(`${root}/plain`), touched === 0);
      deletedUnits += deleted.length;
      keptUnits += units.length - deleted.length;
    }),
    { numRuns: runs },
  );
  assert.ok(deletedUnits > runs, `${deletedUnits} deleted, ${keptUnits} kept`);
});
