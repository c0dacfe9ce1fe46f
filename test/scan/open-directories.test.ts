/** Few descriptors: trees deeper and wider than a process may hold open are read all the same. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { shapes } from '../../fixtures/trees/shapes.ts';
import { explainJson } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import type { DuTotals } from '../support/du.ts';
import { needsTool } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { buildTree, chain, directory, file } from '../support/tree.ts';

suite('bounded descriptors', { skip: needsTool('prlimit') }, () => {
  let folder: TempFolder;
  let path: string;
  let expected: DuTotals;
  before(async () => {
    folder = tempFolder();
    path = `${folder.path}/tree`;
    const numbers = Array.from({ length: 300 }, (_, index) => String(index));
    await buildTree(path, {
      ...shapes({ levels: 1000, smallDirectories: 500, flatFiles: 3000, linked: 20 }),
      // Past PATH_MAX: nothing in it can be named by a path.
      'long names': chain(
        numbers.map((number) => number.padEnd(200, '_')),
        { end: directory({ x: file(5000) }) },
      ),
      // Every directory of the long chain has one more beside the next: all wait while the chain is read.
      comb: numbers.reduce(
        (inner, number) =>
          directory({ a: directory({ x: file(1) }), [number.padEnd(100, 'n')]: inner, z: directory() }),
        directory(),
      ),
    });
    expected = du(path);
  });
  after(() => folder[Symbol.dispose]());

  for (const source of ['walk', 'portable']) {
    for (const limit of [64, 128]) {
      for (const threads of ['1', '2', '8']) {
        test(`${source}, ${threads} threads, at most ${limit} descriptors`, async () => {
          const { json, code, stderr } = await explainJson([path, '--source', source, '--threads', threads], {
            under: ['prlimit', `--nofile=${limit}:${limit}`],
          });
          assert.deepEqual([code, stderr, json.problems], [0, '', { count: 0, items: [] }]);
          const { diskBytes, entries } = json.roots[0].totals;
          assert.deepEqual({ diskBytes, entries }, expected);
        });
      }
    }
  }
});
