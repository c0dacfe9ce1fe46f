/** Reserves that were never written are named by the filesystem's own extents, holes by what ls and the disk say. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { suite, test } from 'node:test';
import { evenFiles, unevenFiles } from '../../../fixtures/rules/preallocated-or-sparse.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { buildTree } from '../../support/tree.ts';

for (const type of ['ext4', 'xfs', 'btrfs'] as const) {
  suite(type, { skip: unless(needsLoopDisk(type), needsTool('fallocate')) }, () => {
    test('80 MiB of fallocate are reserved, 10 GiB of holes are not there', async () => {
      using disk = loopDisk(type, { megabytes: type === 'xfs' ? 512 : 256 });
      const tree = `${disk.path}/tree`;
      await buildTree(tree, unevenFiles);
      execFileSync('fallocate', ['-l', '80M', `${tree}/reserved.db`]);
      const [reserved, holes, ...more] = await findingsOf('preallocated-or-sparse', tree);
      assert.deepEqual(more, []);
      assert.equal(reserved.title, 'reserved, not written');
      assert.deepEqual(reserved.paths, [`${tree}/reserved.db`, `${tree}/beyond.db`]);
      const onDisk = ['reserved.db', 'beyond.db'].map((name) => statSync(`${tree}/${name}`).blocks * 512);
      const expected = onDisk[0] + onDisk[1];
      assert.equal(reserved.claimedBytes, expected);
      // All but the 4 KiB that were written.
      assert.ok(Math.abs(reserved.diskBytes - expected) <= 8192, `${reserved.diskBytes} of ${expected}`);
      assert.match(
        reserved.evidence[0],
        /^80\.0 MiB of the 80\.0 MiB that .*reserved\.db takes are reserved/u,
      );
      assert.match(reserved.evidence[1], /beyond its end at 4\.0 KiB/u);
      assert.deepEqual(
        [holes.title, holes.claimedBytes, holes.freeableBytes],
        ['smaller than it looks', 0, 0],
      );
      assert.deepEqual(holes.paths, [`${tree}/vm.img`]);
      assert.match(holes.evidence[0], /^ls shows 10\.0 GiB for .*vm\.img, the disk holds 4\.0 KiB of it/u);
    });

    test('what was written into the reserve a moment ago is no reserve', async () => {
      using disk = loopDisk(type, { megabytes: type === 'xfs' ? 512 : 256 });
      const path = `${disk.path}/filled`;
      execFileSync('fallocate', ['-l', '8M', path]);
      const descriptor = openSync(path, 'r+');
      writeSync(descriptor, Buffer.alloc(8 * MIB, 'x'));
      closeSync(descriptor);
      assert.deepEqual(await findingsOf('preallocated-or-sparse', disk.path), []);
    });

    test('plain files and small differences are not worth a word', async () => {
      using disk = loopDisk(type);
      await buildTree(`${disk.path}/tree`, evenFiles);
      assert.deepEqual(await findingsOf('preallocated-or-sparse', `${disk.path}/tree`), []);
    });
  });
}
