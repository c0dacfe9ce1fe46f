/** A snapshot says what the tree is: read again, it gives the numbers of find, directory by directory, and ncdu agrees. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { needsTool } from '../support/requirements.ts';
import { allSettings, directoriesOf } from '../support/scan-paths.ts';
import { readFile, takeSnapshot } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree, directory, file as plainFile } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';

const numRuns = Number(process.env['SNAPSHOT_RUNS'] ?? 30);

test('random trees: what is written and read again is what find sees', async () => {
  await fc.assert(
    fc.asyncProperty(
      treeArbitrary,
      fc.constantFrom(...allSettings),
      fc.constantFrom(undefined, 3),
      async (description, settings, compression) => {
        using folder = tempFolder();
        const path = `${folder.path}/tree`;
        await buildTree(path, description);
        const expected = find(path);
        const file = `${folder.path}/snapshot`;
        const { scan: live } = await takeSnapshot(path, file, { ...settings, compression });
        assert.deepEqual({ ...live.roots[0].totals }, expected.totals);
        const { scan } = await readFile(file);
        assert.deepEqual({ ...scan.roots[0].totals }, expected.totals);
        assert.deepEqual(directoriesOf(scan, scan.roots[0]), expected.directories);
        assert.deepEqual(scan.roots[0].breakdown.byType, live.roots[0].breakdown.byType);
        assert.deepEqual(scan.roots[0].breakdown.byUse, live.roots[0].breakdown.byUse);
      },
    ),
    { numRuns },
  );
});

test(
  'random trees: ncdu opens what is written, and what ncdu writes is read with the totals of du',
  { skip: needsTool('ncdu') },
  async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, fc.boolean(), async (description, isExtended) => {
        using folder = tempFolder();
        const path = `${folder.path}/tree`;
        await buildTree(path, description);
        const [ours, theirs, own] = ['ours', 'theirs', 'own'].map((name) => `${folder.path}/${name}.json`);
        await takeSnapshot(path, ours);
        const extended = isExtended ? ['-e'] : [];
        execFileSync('ncdu', [...extended, '-0', '-f', ours, '-o', theirs]);
        execFileSync('ncdu', [...extended, '-0', '-x', '-o', own, path]);
        const { totals } = find(path);
        for (const file of [ours, theirs, own]) {
          const { scan } = await readFile(file);
          const { diskBytes, apparentBytes, entries, files } = scan.roots[0].totals;
          assert.deepEqual({ diskBytes, entries }, du(path));
          assert.deepEqual(
            { apparentBytes, files },
            { apparentBytes: totals.apparentBytes, files: totals.files },
          );
        }
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  },
);

test(
  'random trees: gdu counts 4096 bytes for each directory, and the rest as du does',
  { skip: needsTool('gdu') },
  async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, async (description) => {
        using folder = tempFolder();
        const path = `${folder.path}/tree`;
        await buildTree(path, description);
        const file = `${folder.path}/gdu.json`;
        execFileSync('gdu', ['--non-interactive', '--output-file', file, path]);
        const { scan } = await readFile(file);
        const { totals, directories } = find(path);
        // It reads by whole paths, and stops where the kernel takes no longer ones.
        fc.pre(directories.every(({ depth }) => depth < 100));
        const { diskBytes, entries } = scan.roots[0].totals;
        const ownBytes = execFileSync('find', [path, '-xdev', '-type', 'd', '-printf', String.raw`%b\n`], {
          encoding: 'latin1',
        })
          .split('\n')
          .reduce((sum, blocks) => sum + Number(blocks) * 512, 0);
        assert.deepEqual(
          { diskBytes, entries },
          { diskBytes: totals.diskBytes - ownBytes + 4096 * totals.directories, entries: totals.entries },
        );
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  },
);

/**
 * fixtures/snapshot/gdu-5.36.1.json was written by Debian's gdu 5.36.1-1 as an ordinary user, of a tree with three names of
 * one inode, one of two names of another, a hole, a link, a pipe, odd names, and a directory that could not be read:
 * `du -s -B1` and gdu itself said 102,400 bytes.
 */
test('gdu 5.30 and newer marks every name of an inode: its bytes count once all the same', async () => {
  const { scan, head } = await readFile('fixtures/snapshot/gdu-5.36.1.json');
  // Of a pipe it says no more than of an empty file.
  const { diskBytes, entries, files, directories } = scan.roots[0].totals;
  assert.equal(head.program, 'gdu');
  assert.deepEqual(
    { diskBytes, entries, files, directories },
    { diskBytes: 102_400, entries: 14, files: 7, directories: 6 },
  );
});

test('directories that carry what is below them, as of gdu 5.37, count as gdu counts them', async () => {
  using folder = tempFolder();
  const file = `${folder.path}/cumulative.json`;
  const text = readFileSync('fixtures/snapshot/gdu-5.36.1.json', 'latin1');
  writeFileSync(
    file,
    text
      .replace('5.36.1-1', '5.37.0')
      .replaceAll(/\[\{"name":"(?<name>[^"]*)"/gu, '[{"name":"$<name>","asize":77777,"dsize":102400'),
    'latin1',
  );
  assert.equal((await readFile(file)).scan.roots[0].totals.diskBytes, 102_400);
});

test(
  'a file may be of gzip, of several frames of zstd, or have frames that hold nothing',
  { skip: needsTool('zstd') },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/tree`, {});
    const file = `${folder.path}/plain`;
    await takeSnapshot(`${folder.path}/tree`, file);
    const text = readFileSync(file);
    const frame = (bytes: Buffer): Buffer => execFileSync('zstd', ['-q'], { input: bytes });
    const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const packed = `${folder.path}/packed`;
    for (const bytes of [
      gzipSync(text),
      Buffer.concat([gzipSync(text.subarray(0, 100)), gzipSync(text.subarray(100))]),
      Buffer.concat([frame(text.subarray(0, 100)), skippable, frame(text.subarray(100)), skippable]),
      Buffer.concat([skippable, frame(text)]),
    ]) {
      writeFileSync(packed, bytes);
      assert.deepEqual(
        (await readFile(packed)).scan.roots[0].totals,
        (await readFile(file)).scan.roots[0].totals,
      );
    }
  },
);

test('many threads write one tree, each entry once and in its place', async () => {
  using folder = tempFolder();
  const path = `${folder.path}/tree`;
  const leaves = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, plainFile(index)]));
  const level = (depth: number, width: number): TreeDescription => ({
    ...leaves(3),
    ...(depth === 0
      ? {}
      : Object.fromEntries(
          Array.from({ length: width }, (_, index) => [`d${index}`, directory(level(depth - 1, width))]),
        )),
  });
  await buildTree(path, level(5, 4));
  const listing = execFileSync('find', [path, '-printf', String.raw`%p %s\n`], { encoding: 'latin1' });
  for (let run = 0; run < 4; run++) {
    const snapshot = `${folder.path}/snapshot`;
    await takeSnapshot(path, snapshot, { threads: 8 });
    assert.deepEqual(listed(snapshot).toSorted(), listing.trimEnd().split('\n').toSorted());
  }
});

/** "PATH SIZE" of each entry, as JSON.parse sees them. */
function listed(snapshot: string): string[] {
  type Item = { readonly name: string; readonly asize: number };
  type Tree = readonly [Item, ...(Item | Tree)[]];
  const [, , , root] = JSON.parse(readFileSync(snapshot, 'latin1')) as [number, number, object, Tree];
  const lines: string[] = [];
  const waiting: { readonly tree: Tree; readonly above: string }[] = [{ tree: root, above: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [{ name, asize }, ...items] = next.tree;
    const path = next.above + name;
    lines.push(`${path} ${asize}`);
    for (const item of items)
      if ('name' in item) lines.push(`${path}/${item.name} ${item.asize}`);
      else waiting.push({ tree: item, above: `${path}/` });
  }
  return lines;
}
