/** ext4 read in bulk, on real images of every kind: all that is said of them is what the walk, du and find say. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { atOnce, checkAlike } from '../support/bulk-scan.ts';
import { explainJson } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { find } from '../support/find.ts';
import { encrypt, removeKeys } from '../support/encrypted.ts';
import { loopDisk, mount, mountBind, mountTmpfs } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { needsLong, needsLoopDisk } from '../support/requirements.ts';
import { directoriesOf, scanPaths } from '../support/scan-paths.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { treeArbitrary } from '../support/tree-arbitrary.ts';
import { buildTree } from '../support/tree.ts';
import type { TreeDescription, TreeEntry } from '../support/tree.ts';

/** Trees per kind of image: more in a long run. */
const TREES = Number(process.env['DISKWHY_EXT4_TREES'] ?? 3);

const kinds: Readonly<Record<string, readonly string[]>> = {
  'as mkfs makes it': [],
  'blocks of 1 KiB': ['-b', '1024'],
  'blocks of 2 KiB, inodes of 128 bytes': ['-b', '2048', '-I', '128'],
  ext2: ['-t', 'ext2'],
  ext3: ['-t', 'ext3', '-b', '1024'],
  'block maps': ['-O', '^extent,^64bit'],
  'data in inodes': ['-O', 'inline_data', '-I', '512'],
  clusters: ['-O', 'bigalloc', '-C', '65536'],
  'meta groups': ['-b', '1024', '-g', '256', '-O', 'meta_bg,^resize_inode'],
  'groups apart': ['-b', '1024', '-g', '1024', '-O', '^flex_bg'],
  'no checksums': ['-O', '^metadata_csum'],
  'group checksums': ['-O', '^metadata_csum,uninit_bg'],
  'descriptors of 32 bytes': ['-O', '^64bit'],
  'a seed of its own': ['-O', 'metadata_csum_seed'],
  'names without case': ['-O', 'casefold', '-E', 'encoding=utf8'],
  'orphan file, large directories, attributes in inodes': [
    '-O',
    'orphan_file,large_dir,ea_inode,encrypt,verity',
  ],
  'quota and projects': ['-O', 'quota,project'],
  'two copies of the superblock': ['-O', 'sparse_super2,^resize_inode'],
  'no file types, every group a superblock': ['-O', '^filetype,^sparse_super,^dir_index,^resize_inode'],
};

/** As what every kind of image can hold: block maps cannot set blocks aside, and reach less far. */
function tamed(description: TreeDescription): TreeDescription {
  return Object.fromEntries(
    Object.entries(description).map(([name, entry]): [string, TreeEntry] => {
      if (entry.kind === 'directory') return [name, { ...entry, entries: tamed(entry.entries) }];
      if (entry.kind === 'preallocated') return [name, { kind: 'file', bytes: entry.bytes }];
      return [name, entry.kind === 'sparse' ? { ...entry, size: Math.min(entry.size, 2 ** 30) } : entry];
    }),
  );
}

function diskIfKnown(format: readonly string[]): Mounted | undefined {
  try {
    return loopDisk('ext4', { format });
  } catch (error) {
    if (String(error).includes('mount:')) return undefined;
    throw error;
  }
}

type Failed = Pick<fc.RunDetails<unknown>, 'failed' | 'seed' | 'counterexamplePath' | 'errorInstance'>;

/** Says what went wrong and how to come back to it, without the tree. */
function reporter({ failed, seed, counterexamplePath, errorInstance }: Failed): void {
  if (failed) throw new Error(`seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
}

suite('ext4 in bulk', { skip: needsLoopDisk('ext4') }, () => {
  for (const [kind, format] of Object.entries(kinds)) {
    test(`random trees: ${kind}`, async (context) => {
      using disk = diskIfKnown(format);
      if (!disk) {
        context.skip('needs a kernel that mounts it');
        return;
      }
      const tame = /ext[23]|block maps/u.test(kind);
      let built = 0;
      await fc.assert(
        fc.asyncProperty(treeArbitrary, async (description) => {
          // Two stay, side by side. Not fs.rm: paths may be too long for it.
          execFileSync('rm', ['-rf', `${disk.path}/tree${built++ - 1}`]);
          await buildTree(`${disk.path}/tree${built}`, tame ? tamed(description) : description);
          const directories = await checkAlike('ext4', disk.path);
          assert.ok(directories > 0, 'something was read in bulk');
          const { roots, ...result } = await scanPaths([disk.path], atOnce('ext4'));
          const expected = find(disk.path);
          assert.deepEqual({ ...roots[0].totals }, expected.totals);
          assert.deepEqual(directoriesOf({ ...result, roots }, roots[0]), expected.directories);
          const { diskBytes, entries } = roots[0].totals;
          assert.deepEqual({ diskBytes, entries }, du(disk.path));
        }),
        // Trees are too large to be read.
        { numRuns: TREES, endOnFailure: true, reporter },
      );
    });
  }

  test('a directory of 100,000 names, and one whose index is deep', async () => {
    using disk = loopDisk('ext4', {
      megabytes: 160,
      format: ['-b', '1024', '-N', '110000', '-I', '128', '-O', 'large_dir'],
    });
    mkdirSync(`${disk.path}/flat`);
    for (let index = 0; index < 100_000; index++)
      writeFileSync(`${disk.path}/flat/${index}-${'n'.repeat(index % 200)}`, '');
    assert.ok((await checkAlike('ext4', disk.path)) >= 2);
  });

  test('more directories than links can count', { skip: needsLong }, async () => {
    using disk = loopDisk('ext4', { megabytes: 300, format: ['-N', '80000', '-b', '1024'] });
    mkdirSync(`${disk.path}/many`);
    for (let index = 0; index < 66_000; index++) mkdirSync(`${disk.path}/many/${index}`);
    assert.ok((await checkAlike('ext4', disk.path)) > 60_000);
  });

  test('encrypted directories have the names that the kernel shows', async () => {
    using disk = loopDisk('ext4', { format: ['-O', 'encrypt'] });
    const secret = `${disk.path}/secret`;
    mkdirSync(secret);
    encrypt(secret);
    mkdirSync(`${secret}/inside`);
    for (const name of ['one.log', 'inside/two.txt', 'inside/three'])
      writeFileSync(`${secret}/${name}`, 'x'.repeat(9000));
    symlinkSync('a target of some length', `${secret}/inside/link`);
    mkdirSync(`${disk.path}/plain`);
    await checkAlike('ext4', disk.path);
    // Without the key the kernel makes names up.
    removeKeys(disk.path);
    await checkAlike('ext4', disk.path);
  });

  test('quota and project inodes, made by mkfs and mounted to be read', async (context) => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/tree`, fc.sample(treeArbitrary, { seed: 9, numRuns: 1 })[0]);
    const image = `${folder.path}/image`;
    execFileSync('truncate', ['-s', '32M', image]);
    const features = ['-q', '-F', '-O', 'quota,project', '-d', `${folder.path}/tree`, image];
    const made = spawnSync('mkfs.ext4', features, { stdio: 'ignore' });
    // Some trees are not for mkfs.
    if (made.status !== 0) {
      context.skip('mkfs does not take the tree');
      return;
    }
    mkdirSync(`${folder.path}/disk`);
    using disk = mount(`${folder.path}/disk`, '-t', 'ext4', '-o', 'loop,ro', image);
    await checkAlike('ext4', disk.path);
  });

  test('asked for where it cannot be had, it says so once, and the numbers are the same', async () => {
    using disk = loopDisk('ext4');
    writeFileSync(`${disk.path}/file`, Buffer.alloc(10_000));
    execFileSync('mount', ['-o', 'remount,lazytime', disk.path]);
    const { code, stderr, json } = await explainJson([disk.path, '--source', 'ext4']);
    assert.equal(code, 0);
    assert.match(stderr, /^diskwhy: .* was walked, not read in bulk: it is mounted with lazytime\n$/u);
    assert.equal(json.roots[0].totals.diskBytes, du(disk.path).diskBytes);
    assert.equal(json.roots[0].source, 'walk');
    using memory = tempFolder();
    using other = mountTmpfs(memory.path);
    await assert.rejects(scanPaths([other.path], { source: 'ext4' }), /--source ext4 reads ext4 only/u);
  });

  test('excluded names and paths, and parts of a filesystem', async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/a`, fc.sample(treeArbitrary, { seed: 7, numRuns: 1 })[0]);
    await buildTree(`${disk.path}/b`, fc.sample(treeArbitrary, { seed: 8, numRuns: 1 })[0]);
    for (const exclude of [['*.log'], ['a/**'], [`${disk.path}/b`], ['[a-m]*', 'b/*']])
      await checkAlike('ext4', disk.path, { exclude });
    await checkAlike('ext4', `${disk.path}/a`);
  });

  test('mounts inside, and bind mounts of a part', async () => {
    using disk = loopDisk('ext4');
    for (const name of ['memory', 'part', 'deep/er/place'])
      mkdirSync(`${disk.path}/${name}`, { recursive: true });
    writeFileSync(`${disk.path}/memory/hidden`, Buffer.alloc(100_000));
    writeFileSync(`${disk.path}/deep/er/beside`, Buffer.alloc(100_000));
    writeFileSync(`${disk.path}/file`, 'a file to be mounted over');
    writeFileSync(`${disk.path}/part/file`, Buffer.alloc(50_000));
    using memory = mountTmpfs(`${disk.path}/memory`);
    writeFileSync(`${memory.path}/elsewhere`, 'not counted');
    using deep = mountBind(`${disk.path}/part`, `${disk.path}/deep/er/place`);
    using _file = mountBind(`${disk.path}/part/file`, `${disk.path}/file`);
    await checkAlike('ext4', disk.path);
    await checkAlike('ext4', disk.path, { crossMounts: true });
    await checkAlike('ext4', deep.path);
    await checkAlike('ext4', `${disk.path}/deep`);
  });
});
