/** The ledger of ext4 images of many kinds: nothing is unexplained, to the byte, and what only the kernel holds has a name. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { explainTree } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk, mount } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { runScript } from '../../support/run-script.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'as mkfs makes it': [],
  'blocks of 1 KiB': ['-b', '1024'],
  'meta groups': ['-b', '1024', '-g', '1024', '-O', 'meta_bg,^resize_inode'],
  'orphan file': ['-O', 'orphan_file'],
  clusters: ['-O', 'bigalloc'],
  'data in inodes': ['-O', 'inline_data'],
  ext2: ['-t', 'ext2'],
  ext3: ['-t', 'ext3'],
  'no journal, every group a superblock': ['-O', '^has_journal,^sparse_super,^resize_inode'],
};

suite('ledger of ext4 images', { skip: needsLoopDisk('ext4') }, () => {
  for (const [kind, format] of Object.entries(kinds)) {
    test(kind, async () => {
      using disk = loopDisk('ext4', { format });
      mkdirSync(`${disk.path}/files`);
      for (let index = 0; index < 50; index++)
        writeFileSync(`${disk.path}/files/${index}`, Buffer.alloc(index * 3000, 'x'));
      writeFileSync(`${disk.path}/held`, Buffer.alloc(3_000_000, 'x'));
      const image = `${disk.path}/image`;
      execFileSync('truncate', ['-s', '8M', image]);
      execFileSync('mkfs.ext4', ['-q', '-F', image], { stdio: 'ignore' });
      mkdirSync(`${disk.path}/inner`);
      using _ = mount(`${disk.path}/inner`, '-o', 'loop', image);
      using holder = await startHolder('exec 5<"$1"', [`${disk.path}/held`]);
      assert.ok(holder.pid > 0);
      rmSync(image);
      rmSync(`${disk.path}/held`);
      execFileSync('sync', ['-f', disk.path]);
      const { filesystems } = await explainTree(disk.path);
      const { accounts } = filesystems[0].ledger;
      const account = (name: string) => accounts.find((one) => one.account === name);
      assert.equal(account('unexplained')?.bytes, 0);
      const { detail = [] } = account('deleted-open') ?? {};
      assert.equal(detail.length, 2);
      const loop = detail.find(({ part }) => part?.code === 'held-by-kernel' && part.by === 'loop');
      assert.equal(loop?.path, image);
      assert.match(JSON.stringify(loop.part), /"device":"\/dev\/loop\d+"/u);
      assert.ok((loop.bytes ?? 0) > 10_000);
    });
  }

  test('the device is found by the name it was mounted by where there is no sysfs', () => {
    using disk = loopDisk('ext4');
    const script = `
      import { readMounts } from './src/system/mounts/mounts.ts';
      import { readExt4Space } from './src/system/filesystems/ext4-space.ts';
      const mount = readMounts().find(({ mountPoint }) => mountPoint === '${disk.path}');
      const elsewhere = { ...mount, source: '/dev/null' };
      console.log(JSON.stringify([readExt4Space(mount), readExt4Space(elsewhere) ?? null]));`;
    const [seen] = runScript(script) as unknown[];
    assert.ok(seen);
    const under = ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs none /sys && exec "$0" "$@"'];
    assert.deepEqual(runScript(script, { under }), [seen, null]);
  });
});
