/** btrfs whose inodes are listed from its trees, on real images: all that is said of them is what the walk, du and find say. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { atOnce, checkAlike } from '../support/bulk-scan.ts';
import { comparable } from '../support/comparable.ts';
import { du } from '../support/du.ts';
import type { DuTotals } from '../support/du.ts';
import { find } from '../support/find.ts';
import { loopDisk, mount, mountBind, mountTmpfs } from '../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../support/requirements.ts';
import { directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

/** Trees per kind of image: more in a long run. */
const TREES = Number(process.env['DISKWHY_BTRFS_TREES'] ?? 2);

interface Kind {
  readonly format?: readonly string[];
  readonly options?: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  'as mkfs makes it': {},
  'compressed, nodes of 4 KiB': { format: ['-n', '4k'], options: 'loop,compress-force=zstd' },
  'data beside metadata': { format: ['--mixed'], options: 'loop,max_inline=0' },
};

/** What du says where it enters subvolumes, as the walk does. */
function duOfAll(path: string): DuTotals {
  const run = (what: string): number =>
    Number.parseInt(execFileSync('du', ['-s', what, path], { encoding: 'latin1' }), 10);
  return { diskBytes: run('-B1'), entries: run('--inodes') };
}

function btrfs(...words: readonly string[]): void {
  execFileSync('btrfs', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

suite('btrfs in bulk', { skip: unless(needsLoopDisk('btrfs'), needsTool('btrfs')) }, () => {
  for (const [kind, settings] of Object.entries(kinds)) {
    test(`random trees: ${kind}`, async () => {
      using disk = loopDisk('btrfs', settings);
      let built = 0;
      await fc.assert(
        fc.asyncProperty(treeArbitrary, async (description) => {
          const place = `${disk.path}/tree${++built}`;
          btrfs('subvolume', 'create', place);
          await buildTree(`${place}/in`, description);
          btrfs('subvolume', 'snapshot', place, `${place}/snapshot`);
          await checkAlike('btrfs', disk.path);
          const whole = await scanPaths([disk.path], atOnce('btrfs'));
          const { diskBytes, entries } = whole.roots[0].totals;
          assert.deepEqual({ diskBytes, entries }, duOfAll(disk.path));
          const result = await scanPaths([`${place}/in`], atOnce('btrfs'));
          const [root] = result.roots;
          const expected = find(`${place}/in`);
          assert.deepEqual({ ...root.totals }, expected.totals);
          assert.deepEqual(directoriesOf(result, root), expected.directories);
        }),
        { numRuns: TREES, endOnFailure: true },
      );
    });
  }

  test('subvolumes in subvolumes, snapshots of both kinds, and what is left of subvolumes that are gone', async () => {
    using disk = loopDisk('btrfs');
    const { path } = disk;
    for (const name of ['a', 'a/b', 'a/b/c', 'a/gone']) btrfs('subvolume', 'create', `${path}/${name}`);
    // Inodes of directories and of files that have the numbers of subvolumes.
    for (const place of ['', 'a/', 'a/b/', 'a/b/c/', 'a/gone/'])
      for (let index = 0; index < 12; index++) {
        mkdirSync(`${path}/${place}directory${index}/below`, { recursive: true });
        writeFileSync(`${path}/${place}directory${index}/file`, Buffer.alloc(3000 * index));
      }
    btrfs('subvolume', 'snapshot', '-r', `${path}/a/b/c`, `${path}/a/directory3/snapshot`);
    btrfs('subvolume', 'snapshot', `${path}/a/b/c`, `${path}/writable`);
    rmSync(`${path}/writable/directory5`, { recursive: true });
    writeFileSync(`${path}/writable/directory6/file`, Buffer.alloc(77_000));
    assert.ok((await checkAlike('btrfs', path)) > 0, 'something was read in bulk');
    await checkAlike('btrfs', `${path}/a/b`);
    using _ = mount(`${path}/a/b/c/directory1`, '-t', 'btrfs', '-o', 'subvol=a/b', sourceOf(path));
    await checkAlike('btrfs', path);
    await checkAlike('btrfs', `${path}/a/b/c/directory1`);
    await checkAlike('btrfs', path, { crossMounts: true });
    // The kernel shows an empty directory for what lay in a subvolume, made at the moment when somebody looks.
    btrfs('subvolume', 'snapshot', '-r', `${path}/a`, `${path}/a/directory4/snapshot`);
    btrfs('subvolume', 'delete', `${path}/a/gone`);
    execFileSync('sync', ['-f', path]);
    const { roots } = await scanPaths([path], atOnce('btrfs'));
    assert.deepEqual(
      { ...roots[0].totals },
      { ...(await scanPaths([path], atOnce('walk'))).roots[0].totals },
    );
  });

  test('names past the limit of a reference, holes, space set aside, links between directories', async () => {
    using disk = loopDisk('btrfs', { format: ['-n', '4k'] });
    const { path } = disk;
    mkdirSync(`${path}/other`);
    writeFileSync(`${path}/first`, Buffer.alloc(10_000));
    for (let index = 0; index < 60; index++)
      linkSync(`${path}/first`, `${path}/${String(index).padEnd(200, '-')}`);
    linkSync(`${path}/first`, `${path}/other/last`);
    writeFileSync(`${path}/inline`, 'x'.repeat(900));
    truncateSync(`${path}/inline`, 2 ** 30);
    writeFileSync(`${path}/aside`, '');
    execFileSync('fallocate', ['-n', '-l', '300000', `${path}/aside`]);
    execFileSync('fallocate', ['-p', '-o', '4096', '-l', '4096', `${path}/first`]);
    symlinkSync('x'.repeat(300), `${path}/long-link`);
    await checkAlike('btrfs', path);
    const { roots } = await scanPaths([path], atOnce('btrfs'));
    assert.deepEqual({ ...roots[0].totals }, find(path).totals);
  });

  test('mounts inside, exclusions, reflinks and what was just written', async () => {
    using disk = loopDisk('btrfs');
    const { path } = disk;
    btrfs('subvolume', 'create', `${path}/many`);
    for (const name of ['memory', 'part', 'deep/er/place']) mkdirSync(`${path}/${name}`, { recursive: true });
    for (let index = 0; index < 800; index++) writeFileSync(`${path}/many/${index}.log`, 'x'.repeat(index));
    writeFileSync(`${path}/memory/hidden`, Buffer.alloc(100_000));
    writeFileSync(`${path}/deep/er/beside`, Buffer.alloc(100_000));
    execFileSync('cp', ['--reflink=always', `${path}/deep/er/beside`, `${path}/copy`]);
    using memory = mountTmpfs(`${path}/memory`);
    writeFileSync(`${memory.path}/elsewhere`, 'not counted');
    using _ = mountBind(`${path}/part`, `${path}/deep/er/place`);
    assert.ok((await checkAlike('btrfs', path)) > 0, 'something was read in bulk');
    await checkAlike('btrfs', path, { crossMounts: true });
    await checkAlike('btrfs', path, { exclude: ['*7.log', 'deep/**'] });
    await checkAlike('btrfs', `${path}/deep`);
    // Inodes in the tree are still the old ones: what adds up no more, however old it seems, is asked for.
    execFileSync('dd', ['if=/dev/zero', `of=${path}/many/799.log`, 'bs=200k', 'count=1', 'oflag=direct'], {
      stdio: 'ignore',
    });
    linkSync(`${path}/many/700.log`, `${path}/many/link`);
    const [read, walked] = await Promise.all(
      (['btrfs', 'walk'] as const).map((source) => scanPaths([path], atOnce(source))),
    );
    assert.deepEqual(comparable(read), comparable(walked));
  });

  test('whether the trees say all that was written is told', async () => {
    using disk = loopDisk('btrfs');
    const { path } = disk;
    writeFileSync(`${path}/grows`, Buffer.alloc(10_000));
    const uncommitted = async (): Promise<unknown> => {
      const { source, uncommitted: places } = await scanPaths([path], atOnce('btrfs'));
      return [source, places];
    };
    execFileSync('sync', ['-f', path]);
    assert.deepEqual(await uncommitted(), ['btrfs', []]);
    // A size without extents is in no tree until the commit.
    truncateSync(`${path}/grows`, 5_000_000);
    assert.deepEqual(await uncommitted(), ['btrfs', [path]]);
    execFileSync('sync', ['-f', path]);
    assert.deepEqual(await uncommitted(), ['btrfs', []]);
  });

  test('what rested for a minute is believed where the trees say all that was written, else ten', async (context) => {
    using disk = loopDisk('btrfs');
    const { path } = disk;
    for (const name of ['a', 'b', 'c']) mkdirSync(`${path}/${name}`);
    writeFileSync(`${path}/a/grows`, Buffer.alloc(10_000));
    execFileSync('sync', ['-f', path]);
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 120_000 });
    const inBulk = async (): Promise<number> =>
      (await scanPaths([path], { source: 'btrfs', threads: 1 })).bulkDirectories;
    assert.equal(await inBulk(), 4);
    truncateSync(`${path}/a/grows`, 5_000_000);
    assert.equal(await inBulk(), 0);
    execFileSync('sync', ['-f', path]);
    assert.equal(await inBulk(), 4);
  });

  test('what is not on disk yet is asked of the kernel: where it is much, all is walked', async () => {
    using disk = loopDisk('btrfs');
    writeFileSync(`${disk.path}/late`, Buffer.alloc(2 ** 23));
    const { source, notices, roots } = await scanPaths([disk.path], { source: 'btrfs' });
    assert.deepEqual([source, notices[0].refusal], ['walk', { code: 'held-back' }]);
    assert.equal(roots[0].totals.diskBytes, du(disk.path).diskBytes);
  });
});

function sourceOf(path: string): string {
  return execFileSync('findmnt', ['-n', '-o', 'SOURCE', '--nofsroot', '--mountpoint', path], {
    encoding: 'utf8',
  }).trim();
}
