/** Entries that vanish, become unreadable or change type while they are read: problems, never a crash. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { shapes } from '../../fixtures/trees/shapes.ts';
import type { RootResult, ScanResult } from '../../src/model/scan-result.ts';
import { explainJson } from '../support/diskwhy.ts';
import { NOBODY, needsLinux, needsLong, needsOtherUser } from '../support/requirements.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree } from '../support/tree.ts';

/** Rounds of which some meet trouble; more only where none did yet. Eight threads take longer to start than to scan. */
const roundsFor = (threads: number): number => (threads > 2 ? 6 : 25) / (needsLong === false ? 1 : 3);
const MOST_ROUNDS = 5000;
/** What happens to a path that changes under one's hands. */
const EXPECTED_CODES = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ESTALE']);

interface ChangingTree extends AsyncDisposable {
  readonly path: string;
  /** A directory that the tree has links to, and that no scan of the tree may enter. */
  readonly decoy: string;
}

async function changingTree(): Promise<ChangingTree> {
  const folder = tempFolder();
  const tree = `${folder.path}/tree`;
  const decoy = `${folder.path}/decoy`;
  // Enough beside what changes that all threads have something to do.
  await buildTree(tree, shapes({ levels: 20, smallDirectories: 600, flatFiles: 500, linked: 20 }));
  mkdirSync(decoy);
  writeFileSync(`${decoy}/outside`, Buffer.alloc(1_000_000));
  const mutator = spawn(
    process.execPath,
    [path.resolve(import.meta.dirname, '../support/mutator.ts'), tree, decoy],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(mutator, 'close');
  await Promise.race([
    once(mutator.stdout, 'data'),
    ended.then(() => {
      throw new Error('the mutator ended');
    }),
  ]);
  return {
    path: tree,
    decoy,
    [Symbol.asyncDispose]: async () => {
      mutator.kill('SIGKILL');
      await ended;
      folder[Symbol.dispose]();
    },
  };
}

/** What holds of every result, whatever happened while it was made. */
function checkResult(result: ScanResult, root: RootResult): void {
  const { diskBytes, entries, files, directories, symlinks, others } = root.totals;
  assert.equal(entries, files + directories + symlinks + others);
  for (const parts of [root.breakdown.byUse, root.breakdown.byType, root.breakdown.byAge]) {
    assert.equal(
      parts.reduce((sum, part) => sum + part.diskBytes, 0),
      diskBytes,
    );
  }
  assert.equal(result.complete, result.problems.count === 0);
  assert.equal(result.interrupted, false);
  assert.equal(result.problems.items.length, result.problems.count);
  for (const { code } of result.problems.items) assert.ok(EXPECTED_CODES.has(code), code);
}

suite('a tree that changes', { skip: needsLinux }, () => {
  let tree: ChangingTree;
  before(async () => {
    tree = await changingTree();
  });
  after(() => tree[Symbol.asyncDispose]());

  for (const { source, threads } of allSettings) {
    test(`${source}, ${threads} threads`, async () => {
      let problems = 0;
      for (let round = 0; round < roundsFor(threads) || (problems === 0 && round < MOST_ROUNDS); round++) {
        const result = await scanPaths([tree.path], { source, threads });
        checkResult(result, result.roots[0]);
        problems += result.problems.count;
        // Only the fast source can promise it: it opens what it has looked at, and never a link.
        if (source === 'walk') {
          assert.ok(result.largestFiles.every(({ name }) => name !== 'outside'));
        }
      }
      assert.ok(problems > 0);
    });
  }

  test('as another user, with parts that close and open', { skip: needsOtherUser }, async () => {
    let problems = 0;
    for (let round = 0; round < 4 || (problems === 0 && round < 100); round++) {
      const source = round % 2 === 0 ? 'walk' : 'portable';
      const { json, code, stderr } = await explainJson([tree.path, '--source', source], NOBODY);
      assert.equal(stderr, '');
      assert.equal(code, json.complete ? 0 : 3);
      problems += json.problems.count;
    }
    assert.ok(problems > 0);
  });
});
