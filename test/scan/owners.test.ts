/** Bytes by user and by owner on random trees, against find(1): every inode once, whichever thread met it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lchownSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { FIRST_PACKAGE, GENERATED, NOT_OWNED } from '../../src/model/owned-paths.ts';
import type { ScanOwners } from '../../src/model/owners.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { PathCollector } from '../../src/system/packages/path-collector.ts';
import { needsRoot } from '../support/requirements.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

interface Found {
  readonly inode: string;
  readonly uid: number;
  readonly bytes: number;
  readonly isDirectory: boolean;
  /** Below the tree's root. */
  readonly path: string;
}

/** All names below a path, the path itself first. */
function findNames(root: string): Found[] {
  const output = execFileSync('find', [root, '-xdev', '-printf', String.raw`%D:%i %U %b %y %P\0`], {
    encoding: 'latin1',
    maxBuffer: 2 ** 28,
  });
  return output
    .split('\0')
    .slice(0, -1)
    .map((line) => {
      const [inode, uid, blocks, type] = line.split(' ', 4);
      const path = line.slice([inode, uid, blocks, type].join(' ').length + 1);
      return { inode, uid: Number(uid), bytes: Number(blocks) * 512, isDirectory: type === 'd', path };
    });
}

type Sums = Record<number, { diskBytes: number; entries: number }>;

function sumsBy(found: readonly Found[], keyOf: (one: Found) => number): Sums {
  const sums: Sums = {};
  const seen = new Set<string>();
  for (const one of found) {
    if (seen.has(one.inode)) continue;
    seen.add(one.inode);
    const sum = (sums[keyOf(one)] ??= { diskBytes: 0, entries: 0 });
    sum.diskBytes += one.bytes;
    sum.entries++;
  }
  return sums;
}

function ownersOf({ owners }: ScanResult): ScanOwners {
  assert.ok(owners);
  return owners;
}

const emptyPaths = new PathCollector().columns();
const UIDS = [0, 1, 1000, 65_534, 2 ** 31 + 5, 2 ** 32 - 2];

test('by user, on random trees', { skip: needsRoot }, async () => {
  await fc.assert(
    fc.asyncProperty(
      treeArbitrary,
      fc.nat(),
      fc.constantFrom(...allSettings),
      async (tree, seed, settings) => {
        using folder = tempFolder();
        const root = `${folder.path}/tree`;
        await buildTree(root, tree);
        for (const [index, { path }] of findNames(root).entries()) {
          // Those past PATH_MAX stay root's.
          if (path.length < 3000)
            lchownSync(Buffer.from(`${root}/${path}`, 'latin1'), UIDS[(seed + index * 7) % UIDS.length], 0);
        }
        const expected = sumsBy(findNames(root), ({ uid }) => uid);
        const { byUser } = ownersOf(await scanPaths([root], { ...settings, ownedPaths: emptyPaths }))
          .roots[0];
        assert.deepEqual(Object.fromEntries(byUser), expected);
      },
    ),
    { numRuns: 30 },
  );
});

test('by package, on random trees of which packages list a part', async () => {
  await fc.assert(
    fc.asyncProperty(
      treeArbitrary,
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(...allSettings),
      async (tree, choices, settings) => {
        using folder = tempFolder();
        const root = `${folder.path}/tree`;
        await buildTree(root, tree);
        const names = findNames(root);
        const collector = new PathCollector();
        const packages = ['a', 'b', 'c'].map((name) => collector.addPackage(name));
        const listed = new Map<string, number>();
        for (const [index, { path }] of names.entries()) {
          const owner = packages[choices[index % choices.length]];
          if (owner === undefined || path === '') continue;
          collector.addPath(owner, `${fromText(root)}/${path}` as ByteString);
          listed.set(path, owner);
        }
        // An inode belongs to the first package that lists one of its names.
        const owners = new Map<string, number>();
        for (const { inode, path } of names) {
          const owner = listed.get(path) ?? NOT_OWNED;
          const known = owners.get(inode) ?? NOT_OWNED;
          owners.set(
            inode,
            known === NOT_OWNED || owner === NOT_OWNED ? known + owner : Math.min(known, owner),
          );
        }
        const files = names.filter(({ isDirectory }) => !isDirectory);
        const expected = sumsBy(files, ({ inode }) => owners.get(inode)!);
        const result = await scanPaths([root], { ...settings, ownedPaths: collector.columns() });
        const { roots, unownedBytes, unownedEntries } = ownersOf(result);
        assert.deepEqual(Object.fromEntries(roots[0].byOwner), expected);
        const directories = names.filter(({ isDirectory }) => isDirectory);
        assert.deepEqual(roots[0].directories, {
          diskBytes: directories.reduce((sum, { bytes }) => sum + bytes, 0),
          entries: directories.length,
        });
        // Every directory: inodes below it that nobody owns, each once.
        for (let directory = 1; directory < result.tree.columns.count; directory++) {
          const place = result.tree.path(directory).slice(root.length + 1);
          const below = files.filter(
            ({ path, inode }) =>
              owners.get(inode) === NOT_OWNED && (place === '' || path.startsWith(`${place}/`)),
          );
          const sums = sumsBy(below, () => NOT_OWNED)[NOT_OWNED] ?? { diskBytes: 0, entries: 0 };
          assert.deepEqual(
            { diskBytes: unownedBytes[directory], entries: unownedEntries[directory] },
            sums,
            place,
          );
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a file that is itself a root, and roots that share an inode', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    one: { kind: 'directory', entries: { shared: { kind: 'link', inode: 'x', bytes: 8192 } } },
    two: { kind: 'directory', entries: { shared: { kind: 'link', inode: 'x', bytes: 8192 } } },
    file: { kind: 'file', bytes: 4096 },
  });
  const root = fromText(`${folder.path}/tree`);
  const collector = new PathCollector();
  const owner = collector.addPackage('one');
  assert.equal(owner, FIRST_PACKAGE);
  collector.addPath(owner, `${root}/file` as ByteString);
  collector.addPath(owner, `${root}/one/shared` as ByteString);
  for (const settings of allSettings) {
    const owned = ownersOf(
      await scanPaths([`${root}/one`, `${root}/two`, `${root}/file`], {
        ...settings,
        ownedPaths: collector.columns(),
      }),
    );
    const bytes: number[] = owned.roots.map(({ byOwner }) => byOwner.get(owner)!.diskBytes);
    assert.deepEqual(bytes, [8192, 8192, 4096]);
    assert.equal(owned.unownedBytes[0], 0);
  }
});

test('nobody asked: nothing is counted', async () => {
  using folder = tempFolder();
  assert.equal((await scanPaths([folder.path])).owners, undefined);
});

test('a directory that scripts fill, with all that is below it', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    made: {
      kind: 'directory',
      entries: {
        file: { kind: 'file', bytes: 4096 },
        deep: { kind: 'directory', entries: { file: { kind: 'file', bytes: 8192 } } },
        more: { kind: 'file', bytes: 16_384 },
      },
    },
    beside: { kind: 'file', bytes: 32_768 },
  });
  const root = fromText(`${folder.path}/tree`);
  const collector = new PathCollector();
  collector.addGeneratedTree(`${root}/made` as ByteString);
  for (const settings of allSettings) {
    const result = await scanPaths([root], { ...settings, ownedPaths: collector.columns() });
    const { byOwner } = ownersOf(result).roots[0];
    assert.deepEqual(byOwner.get(GENERATED), { diskBytes: 4096 + 8192 + 16_384, entries: 3 });
    assert.deepEqual(byOwner.get(NOT_OWNED), { diskBytes: 32_768, entries: 1 });
  }
});
