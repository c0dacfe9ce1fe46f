/** The whole root filesystem: `/` of a machine that holds still, made of a small disk and views of this one. */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { explainJson } from '../support/diskwhy.ts';
import { du } from '../support/du.ts';
import { loopDisk, mount, mountBind } from '../support/mounted.ts';
import { needsLoopDisk } from '../support/requirements.ts';

test('diskwhy / and /proc/..', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  using views = new DisposableStack();
  const view = (place: string): void => {
    mkdirSync(disk.path + place, { recursive: true });
    views.use(mountBind(place, disk.path + place));
  };
  // What the program needs to run: the system's libraries, this checkout, and its Node where it really is.
  for (const place of ['/usr', '/lib', '/lib64']) {
    if (!existsSync(place)) continue;
    if (lstatSync(place).isSymbolicLink()) symlinkSync(readlinkSync(place), disk.path + place);
    else view(place);
  }
  const checkout = realpathSync(path.resolve(import.meta.dirname, '../..'));
  view(checkout);
  const nodePlace = path.dirname(realpathSync(process.execPath));
  if (!nodePlace.startsWith(`${checkout}/`) && !nodePlace.startsWith('/usr/')) view(nodePlace);
  mkdirSync(`${disk.path}/proc`);
  views.use(mount(`${disk.path}/proc`, '-t', 'proc', 'proc'));
  mkdirSync(`${disk.path}/srv`);
  writeFileSync(`${disk.path}/srv/data`, Buffer.alloc(2_000_000, 'x'));
  const expected = du(disk.path);
  for (const source of ['walk', 'portable']) {
    for (const place of ['/', '/proc/..', '/srv/..']) {
      const { json, code, stderr } = await explainJson([place, '--source', source], {
        under: ['chroot', disk.path],
      });
      assert.deepEqual([code, stderr], [0, '']);
      const [root] = json.roots;
      const { diskBytes, entries } = root.totals;
      assert.deepEqual([root.path, root.mountPoint], ['/', '/']);
      assert.deepEqual({ diskBytes, entries }, expected);
      assert.ok(root.mounts.some((one) => one.path === checkout));
      assert.equal(json.filesystems[0].ledger.scope, 'filesystem');
    }
  }
});
