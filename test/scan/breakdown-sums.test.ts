/** Sizes by use, by type and by age: each adds up to the total, to the byte and to the inode. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Share } from '../../src/model/breakdown.ts';
import { allSettings, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree, directory, file, link, symlink } from '../support/tree.ts';

const NOW = 1_800_000_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

function total(shares: readonly Share[]): { diskBytes: number; entries: number } {
  return {
    diskBytes: shares.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    entries: shares.reduce((sum, { entries }) => sum + entries, 0),
  };
}

test('random trees: every breakdown adds up to the total', async () => {
  await fc.assert(
    fc.asyncProperty(treeArbitrary, fc.constantFrom(...allSettings), async (description, settings) => {
      using folder = tempFolder();
      // Two roots, the second with names that betray a use.
      await buildTree(`${folder.path}/tree`, { one: directory(description), cache: directory(description) });
      const result = await scanPaths([`${folder.path}/tree/one`, `${folder.path}/tree/cache`], settings);
      for (const { totals, breakdown } of result.roots) {
        const expected = { diskBytes: totals.diskBytes, entries: totals.entries };
        assert.deepEqual(total(breakdown.byUse), expected);
        assert.deepEqual(total(breakdown.byType), expected);
        assert.deepEqual(total(breakdown.byAge), expected);
        for (const { extensions, ...share } of breakdown.byType) {
          if (extensions.length > 0) assert.deepEqual(total(extensions), total([share]));
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('ages, to the second', async () => {
  using folder = tempFolder();
  const at = (seconds: number): ReturnType<typeof file> => file(4096, { mtime: NOW - seconds });
  await buildTree(`${folder.path}/tree`, {
    aged: directory(
      {
        now: at(0),
        hour: at(HOUR),
        'hour and a second': at(HOUR + 1),
        day: at(DAY),
        week: at(7 * DAY),
        month: at(30 * DAY),
        year: at(365 * DAY),
        older: at(365 * DAY + 1),
        1970: file(4096, { mtime: 0 }),
        'before 1970': file(4096, { mtime: -DAY }),
        future: at(-DAY),
      },
      { mtime: NOW },
    ),
  });
  for (const settings of allSettings) {
    const result = await scanPaths([`${folder.path}/tree/aged`], { ...settings, nowSeconds: NOW });
    assert.deepEqual(
      Object.fromEntries(result.roots[0].breakdown.byAge.map(({ age, entries }) => [age, entries])),
      // The directory itself was written now.
      { hour: 3, day: 2, week: 1, month: 1, year: 1, older: 3, future: 1 },
    );
  }
});

test('uses, by place and by name', async () => {
  using folder = tempFolder();
  const megabyte = 2 ** 20;
  await buildTree(`${folder.path}/home`, {
    '.cache': directory({ thing: file(megabyte), tmp: directory({ x: file(megabyte) }) }),
    logs: directory({ a: file(2 * megabyte) }),
    work: directory({
      'old.bak': file(3 * megabyte),
      'error.log': file(4 * megabyte),
      plain: file(5 * megabyte),
    }),
    project: directory({ node_modules: directory({ log: directory({ x: file(6 * megabyte) }) }) }),
    backup: directory({ 'x.log': link('shared', 7 * megabyte) }),
  });
  for (const settings of allSettings) {
    const result = await scanPaths([`${folder.path}/home`], settings);
    const shares = new Map(
      result.roots[0].breakdown.byUse.map(({ use, diskBytes }) => [use, Math.floor(diskBytes / megabyte)]),
    );
    assert.deepEqual(
      [...(['caches', 'logs', 'backups', 'programs'] as const)].map((use) => shares.get(use)),
      folder.path.startsWith('/tmp/')
        ? // Below /tmp all is temporary.
          [undefined, undefined, undefined, undefined]
        : [2, 6, 10, 6],
    );
  }
});

test('types, by extension: versions and rotation numbers passed over, hidden files without', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/tree`, {
    'libc.so.6': file(4096),
    'app.log.1': file(4096),
    'app.LOG': file(4096),
    'photo.JPG': file(4096),
    '.bashrc': file(4096),
    noext: file(4096),
    'strange.qqq': file(4096),
    'a.verylongextension': file(4096),
    pointer: symlink('noext'),
    'dot.': file(4096),
  });
  for (const settings of allSettings) {
    const result = await scanPaths([`${folder.path}/tree`], settings);
    const types = new Map(result.roots[0].breakdown.byType.map((one) => [one.type, one]));
    assert.deepEqual(
      types.get('logs')?.extensions.map(({ extension, entries }) => [extension, entries]),
      [['log', 2]],
    );
    assert.deepEqual([...types].map(([type, { entries }]) => `${type}: ${entries}`).toSorted(), [
      'directories: 1',
      'images: 1',
      'libraries and binaries: 1',
      'logs: 2',
      'no extension: 4',
      'other: 1',
      'symbolic links: 1',
    ]);
  }
});
