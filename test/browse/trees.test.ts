/** Trees that are looked at level by level: a scan at work counts what the finished one does, grafts are as scanned whole. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, suite, test } from 'node:test';
import * as fc from 'fast-check';
import { Forest, LiveTree } from '../../src/browse/trees/trees.ts';
import type { SizedTree } from '../../src/browse/trees/trees.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { LiveTable } from '../../src/scan/scan.ts';
import { atOnce } from '../support/bulk-scan.ts';
import { loopDisk } from '../support/mounted.ts';
import { needsLinux, needsLoopDisk } from '../support/requirements.ts';
import { scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';

let folder: TempFolder;

/** Every directory's path with its figures, from directory number 1 down. */
function figuresOf(tree: SizedTree): Map<ByteString, readonly number[]> {
  const all = new Map<ByteString, readonly number[]>();
  const waiting = [1];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { own, children } = tree.level(next);
    all.set(tree.path(next), [own.diskBytes, own.apparentBytes, own.entries, own.newest]);
    for (const [name, { directory: child, figures }] of children) {
      assert.deepEqual(figures, tree.level(child).own);
      assert.ok(tree.path(child).endsWith(`/${name}`));
      assert.equal(tree.trail(tree.path(child))?.at(-1), child);
      waiting.push(child);
    }
  }
  return all;
}

suite('trees', { skip: needsLinux }, () => {
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => folder[Symbol.dispose]());

  test('at the end of a scan the live tree says what the finished one says, hard links aside', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(treeArbitrary, fc.constantFrom(1, 4), async (description, threads) => {
        const path = `${folder.path}/tree${run++}`;
        await buildTree(path, withoutLinks(description));
        const { memory } = new LiveTable();
        const { tree } = await scanPaths([path], { threads }, { live: memory });
        const live = new LiveTree(memory, { path: fromText(path), isDirectory: true });
        assert.deepEqual(figuresOf(live), figuresOf(new Forest(tree)));
      }),
      { numRuns: Number(process.env['DISKWHY_RUNS'] ?? 12) },
    );
  });

  for (const type of ['ext4', 'xfs'] as const)
    test(`so it does where ${type} is read in bulk`, { skip: needsLoopDisk(type) }, async () => {
      using disk = loopDisk(type);
      await buildTree(`${disk.path}/tree`, {
        a: directory({ one: file(300_000), deep: directory({ two: file(50_000), three: file(0) }) }),
        b: directory(),
        'file.txt': file(12_345),
      });
      execFileSync('sync', ['-f', disk.path]);
      const { memory } = new LiveTable();
      const { tree, bulkDirectories } = await scanPaths([disk.path], atOnce(type), { live: memory });
      assert.ok(bulkDirectories > 0);
      const live = new LiveTree(memory, { path: fromText(disk.path), isDirectory: true });
      assert.deepEqual(figuresOf(live), figuresOf(new Forest(tree)));
    });

  test('a part that is scanned again is grafted, and all above it is as if all had been scanned again', async () => {
    const path = `${folder.path}/tree`;
    await buildTree(path, {
      a: directory({ b: directory({ one: file(100_000), c: directory({ two: file(50_000) }) }) }),
      z: directory({ three: file(5000) }),
    });
    const forest = new Forest((await scanPaths([path])).tree);
    writeFileSync(`${path}/a/b/new`, Buffer.alloc(300_000, 1));
    rmSync(`${path}/a/b/c`, { recursive: true });
    const place = forest.trail(fromText(`${path}/a/b`))!.at(-1)!;
    forest.graft(place, (await scanPaths([`${path}/a/b`])).tree);
    const again = figuresOf(new Forest((await scanPaths([path])).tree));
    const sizes = (all: ReturnType<typeof figuresOf>): unknown =>
      Object.fromEntries([...all].map(([name, figures]) => [name, figures.slice(0, 3)]));
    assert.deepEqual(sizes(figuresOf(forest)), sizes(again));
    // The number that was known before still leads there.
    assert.equal(forest.level(place).own.diskBytes, again.get(fromText(`${path}/a/b`))![0]);
    assert.equal(forest.trail(fromText(`${path}/a/b/c`)), undefined);
  });

  test('what is deleted is gone from its directory and off all above', async () => {
    const path = `${folder.path}/tree`;
    await buildTree(path, { a: directory({ b: directory({ one: file(100_000) }), two: file(8192) }) });
    const forest = new Forest((await scanPaths([path])).tree);
    const before = forest.level(1).own;
    const { own } = forest.level(forest.trail(fromText(`${path}/a/b`))!.at(-1)!);
    forest.remove(forest.trail(fromText(`${path}/a/b`))!.at(-1)!, own);
    assert.equal(forest.level(1).own.diskBytes, before.diskBytes - own.diskBytes);
    assert.equal(forest.level(1).own.entries, before.entries - 2);
    assert.equal(forest.level(forest.trail(fromText(`${path}/a`))!.at(-1)!).children.size, 0);
    assert.ok(forest.level(1).own.changed);
  });
});

type Description = Parameters<typeof buildTree>[1];

function withoutLinks(description: Description): Description {
  return Object.fromEntries(
    Object.entries(description).map(([name, entry]) => [
      name,
      entry.kind === 'directory'
        ? { ...entry, entries: withoutLinks(entry.entries) }
        : entry.kind === 'link'
          ? file(entry.bytes)
          : entry,
    ]),
  );
}
