/** Mounts below a root: real disks, memory, bind mounts and stacks of them, entered or left but never counted twice. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { explainJson } from '../support/diskwhy.ts';
import type { RootJson } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { loopDisk, mountBind, mountTmpfs } from '../support/mounted.ts';
import { needsLoopDisk, needsMount } from '../support/requirements.ts';
import { allSettings, directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';
import { project } from '../../fixtures/trees/project.ts';

/** The only root's JSON for each source. */
async function explained(...args: readonly string[]): Promise<RootJson[]> {
  const roots: RootJson[] = [];
  for (const source of ['walk', 'portable']) {
    const { json, code, stderr } = await explainJson([...args, '--source', source, '--top', '0']);
    assert.deepEqual([code, stderr], [0, '']);
    roots.push(json.roots[0]);
  }
  return roots;
}

for (const type of ['ext4', 'xfs', 'btrfs'] as const) {
  test(
    `a whole ${type} disk: all sources and threads agree with du`,
    { skip: needsLoopDisk(type) },
    async () => {
      using disk = loopDisk(type);
      await buildTree(`${disk.path}/project`, project);
      await buildTree(
        `${disk.path}/many`,
        Object.fromEntries(
          Array.from({ length: 150 }, (_, index) => [
            `d${index}`,
            directory({
              a: file(index * 100),
              b: link(String(index % 10), 5000),
              c: directory({ d: file(1) }),
            }),
          ]),
        ),
      );
      // XFS gives back what it preallocated only when it is asked to.
      execFileSync('sync', ['-f', disk.path]);
      const expected = find(disk.path);
      for (const settings of allSettings) {
        const result = await scanPaths([disk.path], settings);
        const { diskBytes, entries } = result.roots[0].totals;
        assert.deepEqual({ diskBytes, entries }, du(disk.path));
        assert.deepEqual({ ...result.roots[0].totals }, expected.totals);
        assert.deepEqual(directoriesOf(result, result.roots[0]), expected.directories);
      }
      const { json } = await explainJson([disk.path]);
      const [filesystem] = json.filesystems;
      assert.deepEqual([filesystem.mountPoint, filesystem.type], [disk.path, type]);
      assert.equal(filesystem.ledger.scope, 'filesystem');
    },
  );
}

test('a tmpfs: all sources and threads agree with du', { skip: needsMount }, async () => {
  using folder = tempFolder();
  using memory = mountTmpfs(folder.path);
  await buildTree(`${memory.path}/project`, project);
  for (const settings of allSettings) {
    const result = await scanPaths([memory.path], settings);
    const { diskBytes, entries } = result.roots[0].totals;
    assert.deepEqual({ diskBytes, entries }, du(memory.path));
  }
});

suite('a disk below the root', { skip: needsLoopDisk('ext4') }, () => {
  test('is listed with its own fullness and not counted', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/mnt`);
    writeFileSync(`${folder.path}/mnt/hidden`, Buffer.alloc(100_000));
    writeFileSync(`${folder.path}/beside`, Buffer.alloc(10_000));
    using disk = loopDisk('ext4', { mountPoint: `${folder.path}/mnt` });
    writeFileSync(`${disk.path}/big`, Buffer.alloc(3_000_000));
    for (const root of await explained(folder.path)) {
      const { diskBytes, entries } = root.totals;
      assert.deepEqual({ diskBytes, entries }, du(folder.path));
      assert.equal(root.mounts.length, 1);
      const [{ path, type, usedBytes, counted }] = root.mounts;
      assert.deepEqual([path, type, counted], [disk.path, 'ext4', false]);
      const used = execFileSync('df', ['-B1', '--output=used', disk.path], { encoding: 'utf8' });
      assert.equal(usedBytes, Number(used.split('\n')[1]));
    }
  });

  test('is counted with --cross-mounts', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/a/mnt`, { recursive: true });
    writeFileSync(`${folder.path}/a/file`, Buffer.alloc(10_000));
    using disk = loopDisk('ext4', { mountPoint: `${folder.path}/a/mnt` });
    writeFileSync(`${disk.path}/big`, Buffer.alloc(3_000_000));
    mkdirSync(`${disk.path}/memory`);
    using memory = mountTmpfs(`${disk.path}/memory`);
    writeFileSync(`${memory.path}/small`, Buffer.alloc(5000));
    const expected = Number(
      execFileSync('du', ['-s', '-B1', folder.path], { encoding: 'utf8' }).split('\t')[0],
    );
    for (const root of await explained(folder.path, '--cross-mounts')) {
      assert.equal(root.totals.diskBytes, expected);
      assert.deepEqual(
        root.mounts.map(({ path, counted }) => ({ path, counted })),
        [
          { path: disk.path, counted: true },
          { path: memory.path, counted: true },
        ],
      );
    }
    const { json } = await explainJson([folder.path, '--cross-mounts']);
    const walked = json.filesystems.map(({ ledger }) => ledger.accounts[0].bytes ?? 0);
    assert.equal(json.filesystems.length, 3);
    assert.equal(
      walked.reduce((sum, bytes) => sum + bytes, 0),
      expected,
    );
  });

  test('is a root of its own beside the one around it', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/mnt`);
    using disk = loopDisk('ext4', { mountPoint: `${folder.path}/mnt` });
    writeFileSync(`${disk.path}/big`, Buffer.alloc(1_000_000));
    for (const source of ['walk', 'portable']) {
      const { json } = await explainJson([folder.path, disk.path, '--source', source]);
      assert.deepEqual(
        json.roots.map(({ totals }) => totals.diskBytes),
        [du(folder.path).diskBytes, du(disk.path).diskBytes],
      );
    }
  });
});

suite('bind mounts', { skip: needsMount }, () => {
  test('of a directory in the same root are not counted twice in either mode', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/tree`, {
      data: directory({ big: file(500_000), sub: directory({ more: file(20_000) }) }),
      mnt: directory(),
      again: directory(),
    });
    const expected = du(`${folder.path}/tree`);
    using mounted = mountBind(`${folder.path}/tree/data`, `${folder.path}/tree/mnt`);
    using inner = mountBind(`${folder.path}/tree/data/sub`, `${folder.path}/tree/again`);
    for (const mode of [[], ['--cross-mounts']]) {
      for (const root of await explained(`${folder.path}/tree`, ...mode)) {
        // The directories that are mounted on cannot be seen; everything else is counted once.
        const { diskBytes, entries } = root.totals;
        assert.deepEqual(
          { diskBytes, entries },
          { diskBytes: expected.diskBytes - 8192, entries: expected.entries - 2 },
        );
        assert.deepEqual(root.mounts.map(({ path }) => path).toSorted(), [inner.path, mounted.path]);
      }
    }
  });

  test('of a directory elsewhere on the same filesystem are left, and counted once with --cross-mounts', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/elsewhere`, { big: file(500_000) });
    await buildTree(`${folder.path}/tree`, { own: file(10_000), one: directory(), two: directory() });
    using one = mountBind(`${folder.path}/elsewhere`, `${folder.path}/tree/one`);
    using two = mountBind(`${folder.path}/elsewhere`, `${folder.path}/tree/two`);
    const own = 4096 + 12_288;
    for (const root of await explained(`${folder.path}/tree`)) {
      assert.deepEqual([root.totals.diskBytes, root.totals.entries], [own, 2]);
    }
    for (const root of await explained(`${folder.path}/tree`, '--cross-mounts')) {
      const { diskBytes, entries } = du(`${folder.path}/elsewhere`);
      assert.deepEqual([root.totals.diskBytes, root.totals.entries], [own + diskBytes, 2 + entries]);
      assert.deepEqual(
        root.mounts.map(({ path, counted }) => [path, counted]),
        [
          [one.path, true],
          [two.path, false],
        ],
      );
    }
  });

  test('of a file', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/elsewhere`, { hosts: file(500_000) });
    await buildTree(`${folder.path}/tree`, { hosts: file(0), other: file(10_000) });
    using hosts = mountBind(`${folder.path}/elsewhere/hosts`, `${folder.path}/tree/hosts`);
    for (const root of await explained(`${folder.path}/tree`)) {
      assert.deepEqual([root.totals.diskBytes, root.totals.entries], [4096 + 12_288, 2]);
      assert.deepEqual(
        root.mounts.map(({ path }) => path),
        [hosts.path],
      );
    }
  });

  test('of a part of the first root as the second root', async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/tree`, { data: directory({ big: file(500_000) }) });
    mkdirSync(`${folder.path}/view`);
    using view = mountBind(`${folder.path}/tree/data`, `${folder.path}/view`);
    for (const paths of [
      [`${folder.path}/tree`, view.path],
      [view.path, `${folder.path}/tree`],
    ]) {
      const { json } = await explainJson(paths);
      assert.deepEqual(
        json.roots.map(({ path }) => path),
        [`${folder.path}/tree`],
      );
      assert.deepEqual(json.contained, [{ path: view.path, countedIn: `${folder.path}/tree` }]);
    }
  });
});

suite('mounts on mounts', { skip: needsMount }, () => {
  test('only the uppermost of a stack is seen', async () => {
    using folder = tempFolder();
    const place = `${folder.path}/mnt`;
    mkdirSync(place);
    using lower = mountTmpfs(place, 'size=8m');
    writeFileSync(`${lower.path}/lower`, Buffer.alloc(1_000_000));
    using middle = mountTmpfs(place, 'size=24m');
    assert.equal(middle.path, place);
    using upper = mountTmpfs(place, 'size=16m');
    writeFileSync(`${upper.path}/upper`, Buffer.alloc(20_000));
    for (const root of await explained(folder.path)) {
      assert.deepEqual(
        root.mounts.map(({ path, totalBytes }) => [path, totalBytes]),
        [[place, 16 * 2 ** 20]],
      );
    }
    for (const root of await explained(folder.path, '--cross-mounts')) {
      const expected = execFileSync('du', ['-s', '-B1', folder.path], { encoding: 'utf8' });
      assert.equal(root.totals.diskBytes, Number(expected.split('\t')[0]));
    }
    for (const root of await explained(place)) assert.equal(root.totals.diskBytes, 20_480);
  });

  test('a mount covered by one further up is not seen', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/a/b`, { recursive: true });
    using covered = mountTmpfs(`${folder.path}/a/b`, 'size=8m');
    writeFileSync(`${covered.path}/covered`, Buffer.alloc(1_000_000));
    using above = mountTmpfs(`${folder.path}/a`, 'size=16m');
    mkdirSync(`${folder.path}/a/b`);
    writeFileSync(`${folder.path}/a/b/file`, Buffer.alloc(20_000));
    for (const mode of [[], ['--cross-mounts']]) {
      for (const root of await explained(folder.path, ...mode)) {
        assert.deepEqual(
          root.mounts.map(({ path }) => path),
          [above.path],
        );
      }
    }
    // The path of the covered mount is an ordinary directory of the mount above it.
    const { json } = await explainJson([`${folder.path}/a/b`]);
    assert.deepEqual([json.roots[0].mountPoint, json.roots[0].totals.diskBytes], [above.path, 20_480]);
    const { json: both } = await explainJson([`${folder.path}/a`, `${folder.path}/a/b`]);
    assert.deepEqual(
      both.contained.map(({ path }) => path),
      [`${folder.path}/a/b`],
    );
  });

  test('mount points with space, tab, newline, backslash and # in their names', async () => {
    using folder = tempFolder();
    using mounts = new DisposableStack();
    const names = [
      'a space',
      'a\ttab',
      'new\nline',
      String.raw`back\slash`,
      String.raw`\040`,
      '#hash',
      'é😀',
      ' ',
    ];
    for (const name of names) {
      mkdirSync(`${folder.path}/${name}`);
      const mounted = mounts.use(mountTmpfs(`${folder.path}/${name}`));
      writeFileSync(`${mounted.path}/file`, Buffer.alloc(5000));
    }
    for (const root of await explained(folder.path)) {
      assert.deepEqual([root.totals.diskBytes, root.totals.entries], [du(folder.path).diskBytes, 1]);
      assert.deepEqual(
        root.mounts.map(({ path }) => path.slice(folder.path.length + 1)).toSorted(),
        names.toSorted(),
      );
    }
    for (const root of await explained(folder.path, '--cross-mounts')) {
      assert.equal(root.totals.files, names.length);
    }
  });

  test('a kernel filesystem below the root is neither counted nor shown', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/proc`);
    using proc = mountBind('/proc', `${folder.path}/proc`);
    assert.ok(existsSync(`${proc.path}/self`));
    for (const mode of [[], ['--cross-mounts']]) {
      for (const root of await explained(folder.path, ...mode)) {
        assert.deepEqual([root.totals.entries, root.mounts], [1, []]);
      }
    }
  });
});

suite('btrfs subvolumes', { skip: needsLoopDisk('btrfs') }, () => {
  test('are entered, where du -x stops', async () => {
    using disk = loopDisk('btrfs');
    execFileSync('btrfs', ['subvolume', 'create', `${disk.path}/sub`], { stdio: 'ignore' });
    writeFileSync(`${disk.path}/sub/file`, Buffer.alloc(500_000, 'x'));
    writeFileSync(`${disk.path}/file`, Buffer.alloc(100_000, 'x'));
    // A subvolume counts inodes of its own: equal numbers are not the same file.
    for (const place of [disk.path, `${disk.path}/sub`]) {
      writeFileSync(`${place}/one`, Buffer.alloc(40_000, 'x'));
      execFileSync('ln', [`${place}/one`, `${place}/other`]);
    }
    execFileSync('sync', ['-f', disk.path]);
    const everywhere = Number(
      execFileSync('du', ['-s', '-B1', disk.path], { encoding: 'utf8' }).split('\t')[0],
    );
    for (const settings of allSettings) {
      const result = await scanPaths([fromText(disk.path)], settings);
      assert.equal(result.roots[0].totals.diskBytes, everywhere, JSON.stringify(settings));
      assert.equal(result.roots[0].totals.files, 4, JSON.stringify(settings));
    }
  });
});
