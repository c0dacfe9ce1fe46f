/** An ordinary user on a tree with parts that may not be read: right totals for the rest, the list, exit 3. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { explainJson, runDiskwhy } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { NOBODY, needsOtherUser } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';

test('unreadable parts', { skip: needsOtherUser }, async () => {
  using folder = tempFolder();
  const path = `${folder.path}/tree`;
  await buildTree(path, {
    open: directory({ a: file(30_000), b: link('shared', 50_000), deep: directory({ c: file(1) }) }),
    closed: directory({ secret: file(900_000), b: link('shared', 50_000) }, { mode: 0o000 }),
    // Names can be read, what they are cannot.
    listed: directory({ one: file(10_000), two: file(20_000) }, { mode: 0o444 }),
    // Can be entered by those who know a name.
    entered: directory({ known: file(10_000) }, { mode: 0o111 }),
    'odd\n\u00FF': directory({ x: file(1) }, { mode: 0o700 }),
    'file that may not be read': file(40_000, { mode: 0o000 }),
  });
  const expected = du(path, NOBODY);
  assert.ok(expected.diskBytes < du(path).diskBytes);
  for (const source of ['walk', 'portable']) {
    for (const threads of ['1', '8']) {
      const { json, code, stderr } = await explainJson(
        [path, '--source', source, '--threads', threads],
        NOBODY,
      );
      assert.deepEqual([code, stderr], [3, '']);
      assert.deepEqual([json.complete, json.interrupted], [false, false]);
      const [root] = json.roots;
      const { diskBytes, entries } = root.totals;
      assert.deepEqual({ diskBytes, entries }, expected);
      assert.equal(json.problems.count, json.problems.items.length);
      assert.deepEqual(
        json.problems.items.map((problem) => ({ ...problem, path: problem.path.slice(path.length + 1) })),
        [
          { path: 'closed', operation: 'open-directory', code: 'EACCES' },
          { path: 'entered', operation: 'open-directory', code: 'EACCES' },
          { path: 'listed/one', operation: 'stat', code: 'EACCES' },
          { path: 'listed/two', operation: 'stat', code: 'EACCES' },
          {
            path: 'odd\n\uFFFD',
            pathBase64: Buffer.from(`${path}/odd\n\u00FF`, 'latin1').toString('base64'),
            operation: 'open-directory',
            code: 'EACCES',
          },
        ],
      );
      // Above what could not be read everything is "at least", beside it nothing is.
      const complete = new Map(
        root.tree.children.map((node) => [node.path.slice(path.length + 1), node.complete]),
      );
      assert.equal(root.tree.complete, false);
      assert.deepEqual(
        ['open', 'closed', 'listed', 'entered'].map((name) => complete.get(name)),
        [true, false, false, false],
      );
      for (const parts of [root.byUse, root.byType, root.byAge]) {
        assert.equal(
          parts.reduce((sum, part) => sum + part.diskBytes, 0),
          diskBytes,
        );
      }
    }
  }
});

test('the report says what could not be read', { skip: needsOtherUser }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    closed: directory({ secret: file(900_000) }, { mode: 0o000 }),
    open: file(1000),
  });
  const { stdout, code } = await runDiskwhy([`${folder.path}/tree`], NOBODY);
  assert.equal(code, 3);
  assert.match(stdout, /1 path could not be read/u);
  assert.match(stdout, /EACCES open-directory .*closed/u);
  assert.match(stdout, /≥/u);
});

test('a root that may not be read', { skip: needsOtherUser }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/closed`, { inside: directory({ secret: file(1) }) });
  execFileSync('chmod', ['0', `${folder.path}/closed`]);
  const { json, code } = await explainJson([`${folder.path}/closed`], NOBODY);
  assert.deepEqual([code, json.roots[0].totals.entries, json.problems.count], [3, 1, 1]);
  const below = await runDiskwhy([`${folder.path}/closed/inside`], NOBODY);
  assert.deepEqual([below.code, below.stdout], [2, '']);
  assert.match(below.stderr, /^diskwhy: [^\n]+permission denied\n$/u);
});
