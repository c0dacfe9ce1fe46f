/** Units that are looked at together, and those that would get into each other's way. */
import assert from 'node:assert/strict';
import { appendFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { batchesOf } from '../../src/clean/run/batches.ts';
import { startHolder } from '../support/holder.ts';
import { clean, codeOf, names, planned } from '../support/plan.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

suite('units together', { skip: needsLinux }, () => {
  for (const source of ['auto', 'portable'] as const) {
    test(`of 200 neighbours each that changed or is held stays, and no other (${source})`, async () => {
      using folder = tempFolder();
      const all = Array.from({ length: 200 }, (_, i) => `n${String(i).padStart(3, '0')}`);
      for (const [i, name] of all.entries()) {
        if (i % 7 === 0) mkdirSync(`${folder.path}/${name}`);
        else writeFileSync(`${folder.path}/${name}`, name);
      }
      const units = all.map((name) => planned(`${folder.path}/${name}`));
      appendFileSync(`${folder.path}/n001`, 'more');
      writeFileSync(`${folder.path}/n070/new`, '');
      using _holder = await startHolder('exec 9<"$1" 8<"$2"', [`${folder.path}/n066`, `${folder.path}/n140`]);
      const outcomes = await clean(units, { source });
      const stayed = outcomes.flatMap((outcome, i) =>
        outcome.outcome === 'deleted' ? [] : [`${all[i]} ${codeOf(outcome)}`],
      );
      assert.deepEqual(stayed, ['n001 changed', 'n066 in-use', 'n070 changed', 'n140 in-use']);
      assert.deepEqual(names(folder.path), ['n001', 'n066', 'n070', 'n140']);
    });

    test(`names of one file, as units and in units, all go (${source})`, async () => {
      using folder = tempFolder();
      await buildTree(folder.path, {
        c: directory({ one: link('one', 9000) }),
        d: directory({ two: link('one', 9000) }),
      });
      writeFileSync(`${folder.path}/a`, 'x');
      for (const name of ['b', 'c/three']) linkSync(`${folder.path}/a`, `${folder.path}/${name}`);
      const units = ['a', 'b', 'c', 'd'].map((name) => planned(`${folder.path}/${name}`));
      const outcomes = await clean(units, { source });
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        units.map(() => 'deleted'),
      );
      assert.deepEqual(names(folder.path), []);
    });

    test(`a unit in another is deleted with it or before it (${source})`, async () => {
      using folder = tempFolder();
      const tree = { outer: directory({ inner: directory({ f: file(10) }) }) };
      await buildTree(folder.path, tree);
      const outer = planned(`${folder.path}/outer`);
      const inner = planned(`${folder.path}/outer/inner`);
      const [first, second] = await clean([outer, inner], { source });
      assert.deepEqual([first.outcome, second.outcome], ['deleted', 'changed']);
      assert.deepEqual(names(folder.path), []);
    });
  }

  test('an interruption between them ends the run there', async () => {
    using folder = tempFolder();
    const all = Array.from({ length: 300 }, (_, i) => `n${i}`);
    for (const name of all) writeFileSync(`${folder.path}/${name}`, '');
    const units = all.map((name) => planned(`${folder.path}/${name}`));
    const stop = new AbortController();
    const outcomes = await clean(
      units,
      {},
      { signal: stop.signal, wantsProgress: () => true, onProgress: () => stop.abort() },
    );
    const deleted = outcomes.filter(({ outcome }) => outcome === 'deleted').length;
    assert.equal(names(folder.path).length, all.length - deleted);
    assert.ok(deleted > 0 && deleted < all.length, String(deleted));
    assert.equal(codeOf(outcomes.at(-1)!), 'interrupted');
  });

  test('only neighbours, no file with other names, and nothing that is moved aside', () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/d`);
    for (const name of ['a', 'b', 'd/e', 'x']) writeFileSync(`${folder.path}/${name}`, '');
    symlinkSync('a', `${folder.path}/s`);
    linkSync(`${folder.path}/x`, `${folder.path}/y`);
    const units = ['a', 'b', 'd/e', 's', 'x', 'y', 'd'].map((name) => planned(`${folder.path}/${name}`));
    const sizes = (quarantine: boolean): number[] =>
      batchesOf({
        plan: { units },
        quarantine,
        dryRun: false,
        run: 'test',
        journal: undefined,
        ownUid: 0,
        ownPid: process.pid,
        source: 'auto',
      }).map((batch) => batch.units.length);
    assert.deepEqual(sizes(false), [2, 1, 1, 1, 1, 1]);
    assert.deepEqual(sizes(true), [1, 1, 1, 1, 1, 1, 1]);
  });
});
