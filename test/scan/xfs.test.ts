/** XFS whose inodes the kernel lists, on real images: all that is said of them is what the walk, du and find say. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import { loadLibc } from '../../src/system/calls/libc.ts';
import { readXfsOrphans } from '../../src/system/filesystems/xfs-orphans.ts';
import { mountOf, readMounts } from '../../src/system/mounts/mounts.ts';
import { atOnce, checkAlike } from '../support/bulk-scan.ts';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { loopDisk, mountBind, mountTmpfs } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';
import { directoriesOf, scanPaths } from '../support/scan-paths.ts';
import type { ScanSettings } from '../support/scan-paths.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';

/** Trees per kind of image: more in a long run. */
const TREES = Number(process.env['DISKWHY_XFS_TREES'] ?? 2);

const kinds: Readonly<Record<string, readonly string[]>> = {
  'as mkfs makes it': [],
  'blocks of 1 KiB': ['-b', 'size=1024', '-i', 'size=512'],
  'no sparse inodes, no reflinks': ['-i', 'sparse=0', '-m', 'reflink=0'],
  'many groups': ['-d', 'agcount=8'],
};

/** An extended attribute that lies in a block of its own. */
function setLongAttribute(path: string): void {
  const libc = loadLibc()!;
  const descriptor = openSync(path, 'r');
  const name = Buffer.from('user.long\0');
  const value = Buffer.alloc(3000, 'x');
  libc.fsetxattr(descriptor, libc.addressOf(name), libc.addressOf(value), value.length, 0);
  closeSync(descriptor);
}

suite('XFS in bulk', { skip: needsLoopDisk('xfs') }, () => {
  for (const [kind, format] of Object.entries(kinds)) {
    test(`random trees: ${kind}`, async () => {
      // A group must have room for the journal.
      using disk = loopDisk('xfs', { format, megabytes: kind === 'many groups' ? 1200 : 512 });
      let built = 0;
      await fc.assert(
        fc.asyncProperty(treeArbitrary, async (description) => {
          execFileSync('rm', ['-rf', `${disk.path}/tree${built++ - 1}`]);
          await buildTree(`${disk.path}/tree${built}`, description);
          // Data inside an inode, and attributes that do not fit beside it.
          setLongAttribute(`${disk.path}/tree${built}`);
          await checkAlike('xfs', disk.path);
          const result = await scanPaths([disk.path], atOnce('xfs'));
          const [root] = result.roots;
          const expected = find(disk.path);
          assert.deepEqual({ ...root.totals }, expected.totals);
          assert.deepEqual(directoriesOf(result, root), expected.directories);
          const { diskBytes, entries } = root.totals;
          assert.deepEqual({ diskBytes, entries }, du(disk.path));
        }),
        { numRuns: TREES, endOnFailure: true },
      );
    });
  }

  test('mounts inside, exclusions, reflinks and what was just written', async () => {
    using disk = loopDisk('xfs');
    for (const name of ['memory', 'part', 'deep/er/place', 'many'])
      mkdirSync(`${disk.path}/${name}`, { recursive: true });
    for (let index = 0; index < 3000; index++)
      writeFileSync(`${disk.path}/many/${index}.log`, 'x'.repeat(index));
    writeFileSync(`${disk.path}/memory/hidden`, Buffer.alloc(100_000));
    writeFileSync(`${disk.path}/deep/er/beside`, Buffer.alloc(100_000));
    execFileSync('cp', ['--reflink=always', `${disk.path}/deep/er/beside`, `${disk.path}/copy`]);
    using memory = mountTmpfs(`${disk.path}/memory`);
    writeFileSync(`${memory.path}/elsewhere`, 'not counted');
    using _ = mountBind(`${disk.path}/part`, `${disk.path}/deep/er/place`);
    assert.ok((await checkAlike('xfs', disk.path)) > 0, 'something was read in bulk');
    await checkAlike('xfs', disk.path, { crossMounts: true });
    await checkAlike('xfs', disk.path, { exclude: ['*7.log', 'deep/**'] });
    await checkAlike('xfs', `${disk.path}/deep`);
    writeFileSync(`${disk.path}/many/late`, Buffer.alloc(200_000));
    const rest: ScanSettings = { ...atOnce('xfs'), restSeconds: undefined };
    const read = await scanPaths([disk.path], rest);
    assert.equal(read.roots[0].totals.diskBytes, du(disk.path).diskBytes);
  });

  test('inodes without a name are met on the way, as if all had been listed for them', async () => {
    using disk = loopDisk('xfs');
    const held = ['one', 'two'].map((name, index) => {
      const path = `${disk.path}/${name}`;
      writeFileSync(path, Buffer.alloc(100_000 * (index + 1)));
      const descriptor = openSync(path, 'r');
      rmSync(path);
      return descriptor;
    });
    try {
      execFileSync('sync', ['-f', disk.path]);
      const { nameless } = await scanPaths([disk.path], atOnce('xfs'));
      const found = nameless.get(fromText(disk.path))!.toSorted((a, b) => a.apparentBytes - b.apparentBytes);
      assert.deepEqual(
        found.map(({ apparentBytes }) => apparentBytes),
        [100_000, 200_000],
      );
      const listed = readXfsOrphans(mountOf(readMounts(), fromText(disk.path))!)!;
      assert.deepEqual(
        new Set(found.map(({ inode, diskBytes }) => `${inode} ${diskBytes}`)),
        new Set(listed.map(({ inode, diskBytes }) => `${inode} ${diskBytes}`)),
      );
      assert.equal((await scanPaths([disk.path], { ...atOnce('xfs'), source: 'walk' })).nameless.size, 0);
    } finally {
      for (const descriptor of held) closeSync(descriptor);
    }
  });
});
