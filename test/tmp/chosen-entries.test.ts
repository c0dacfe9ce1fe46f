/** Entries that were chosen one by one are judged exactly as among all the others, and nothing else is. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, suite, test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { judgeTmp } from '../../src/tmp/tmp.ts';
import { startHolder } from '../support/holder.ts';
import { later, requestFor } from '../support/judged.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { buildTree } from '../support/tree.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';

let folder: TempFolder;

suite('chosen entries', { skip: needsLinux }, () => {
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => folder[Symbol.dispose]());

  test('on random trees: the same verdict, reason, sizes and fingerprint as among all', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(treeArbitrary, fc.nat(2), async (description, every) => {
        const root = `${folder.path}/root${run++}`;
        await buildTree(root, description);
        const now = later();
        const whole = await judgeTmp(requestFor(root, { olderMs: 0, nowSeconds: now }));
        const chosen = whole.units.filter((_, at) => at % (every + 1) === 0).map(({ path }) => path);
        const { units, complete } = await judgeTmp(
          requestFor(root, { olderMs: 0, nowSeconds: now, only: chosen }),
        );
        const told = new Map(units.map((unit) => [unit.path, unit]));
        for (const unit of whole.units.filter(({ path }) => chosen.includes(path))) {
          const one = told.get(unit.path)!;
          // Names of one file in several units count for one of those that may go: for which is not said.
          assert.deepEqual({ ...one, freeableBytes: 0 }, { ...unit, freeableBytes: 0 });
        }
        const freeable = (all: readonly { readonly freeableBytes: number }[]): number =>
          all.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
        if (every === 0) {
          assert.equal(units.length, whole.units.length);
          // Chosen names of one file, each an entry by itself, promise nothing: less, and never more.
          assert.ok(freeable(units) <= freeable(whole.units));
        }
        assert.equal(
          complete,
          units.every(({ fingerprint }) => fingerprint !== undefined),
        );
      }),
      { numRuns: Number(process.env['DISKWHY_RUNS'] ?? 6) },
    );
  });

  test('who is in use is so here too; a journal comes with its database; what is not right in the root is left out', async () => {
    const root = `${folder.path}/root`;
    mkdirSync(`${root}/dir/deeper`, { recursive: true });
    for (const name of ['held', 'other', 'a.db', 'a.db-wal', 'dir/deeper/file'])
      writeFileSync(`${root}/${name}`, 'x');
    symlinkSync('dir', `${root}/link`);
    using _holder = await startHolder('exec 5<"$1"', [`${root}/held`]);
    const paths = (...names: readonly string[]): ByteString[] =>
      names.map((name) => fromText(`${root}/${name}`));
    const { units } = await judgeTmp(
      requestFor(root, { olderMs: 0, only: paths('held', 'a.db', 'link', 'dir/deeper', 'none') }),
    );
    assert.deepEqual(
      Object.fromEntries(units.map(({ path, verdict }) => [path.slice(root.length + 1), verdict])),
      { held: 'in-use', 'a.db': 'deletable', 'a.db-wal': 'deletable', link: 'deletable' },
    );
    const none = await judgeTmp(requestFor(root, { olderMs: 0, only: [] }));
    assert.deepEqual(none.units, []);
  });
});
