/** A disk that fills, is full already, or has room again is told, in bytes and in inodes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Usage } from '../../src/model/filesystem.ts';
import type { DiskStateEvent, StopEvent, WatchEvent } from '../../src/model/watch-event.ts';
import { diskStateOf } from '../../src/watch/forecast/disk-state.ts';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import { NOBODY, needsLoopDisk, needsMount, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WatchRun } from '../support/watch-run.ts';

const MIB = 2 ** 20;

function isState(type: DiskStateEvent['type']): (event: WatchEvent) => event is DiskStateEvent {
  return (event): event is DiskStateEvent => event.type === type;
}

/** Writes until the disk has no more room. */
function fill(file: string): void {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(MIB, 'x'), { flag: 'a' });
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  }
}

suite('state of the disk', { concurrency: 3 }, () => {
  test(
    'filled in one go, told within two seconds, and again when there is room',
    { skip: needsMount },
    async (context) => {
      using folder = tempFolder();
      using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
      await using watch = new WatchRun([folder.path]);
      await watch.ready();
      fill(`${folder.path}/dump.bin`);
      const filledAt = Date.now() / 1000;
      const full = await watch.until(isState('full'));
      context.diagnostic(`told ${(full.at - filledAt).toFixed(2)} s after it was full`);
      assert.equal(full.atStart, false);
      assert.equal(full.filesystem.state.of, 'bytes');
      assert.deepEqual(
        full.filledBy.map(({ path }) => path),
        [`${folder.path}/dump.bin`],
      );
      rmSync(`${folder.path}/dump.bin`);
      const freed = await watch.until(isState('freed'));
      assert.ok(freed.filesystem.availableBytes > 60 * MIB);
      await watch.stop();
    },
  );

  test(
    'full already when the watch begins, with what root still has',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4');
      fill(`${disk.path}/old.bin`);
      await using watch = new WatchRun([disk.path]);
      const full = await watch.until((event): event is DiskStateEvent => event.type === 'full');
      assert.equal(full.atStart, true);
      const { at } = await watch.ready();
      assert.ok(full.at <= at + 2);
      await watch.stop();
    },
  );

  test(
    'a quota that is used up, on a disk with room, and who has it',
    { skip: unless(needsTool('xfs_quota'), needsQuotas()) },
    async () => {
      using disk = loopDisk('xfs', { options: 'loop,uquota' });
      execFileSync('xfs_quota', ['-x', '-c', `limit -u bhard=8m ${NOBODY.uid}`, disk.path]);
      writeFileSync(`${disk.path}/mail`, '');
      chownSync(`${disk.path}/mail`, NOBODY.uid, NOBODY.gid);
      await using watch = new WatchRun([disk.path]);
      await watch.ready();
      writeFileSync(`${disk.path}/mail`, Buffer.alloc(8 * MIB, 'x'));
      execFileSync('sync', ['-f', disk.path]);
      const full = await watch.until(isState('full'));
      assert.equal(full.filesystem.state.level, 'ok');
      const { name, id, of, used, limit } = full.quota!;
      assert.deepEqual([name, id, of, limit], ['nobody', NOBODY.uid, 'bytes', 8 * MIB]);
      assert.ok(used >= 0.999 * limit);
      assert.deepEqual(
        full.filledBy.map(({ path }) => path),
        [`${disk.path}/mail`],
      );
      rmSync(`${disk.path}/mail`);
      const freed = await watch.until(isState('freed'));
      assert.equal(freed.quota!.id, NOBODY.uid);
      await watch.stop();
    },
  );

  test(
    'an error makes it read-only: told, and that it was so at the start of another watch',
    { skip: needsLoopDisk('ext4') },
    async () => {
      using disk = loopDisk('ext4', { options: 'loop,errors=remount-ro' });
      await using watch = new WatchRun([disk.path]);
      await watch.ready();
      writeFileSync(errorTrigger(disk.path), '1');
      const isStop = (event: WatchEvent): event is StopEvent => event.type === 'read-only';
      const told = await watch.until(isStop);
      assert.deepEqual([told.atStart, told.isShutDown], [false, false]);
      assert.throws(() => writeFileSync(`${disk.path}/more`, ''), { code: 'EROFS' });
      await watch.stop();
      assert.equal(watch.events.filter(isStop).length, 1);
      await using again = new WatchRun([disk.path]);
      assert.equal((await again.until(isStop)).atStart, true);
      await again.stop();
    },
  );

  test('no inodes left', { skip: needsMount }, async () => {
    using folder = tempFolder();
    using _disk = mountTmpfs(folder.path, 'size=64m,mode=755,nr_inodes=2000');
    await using watch = new WatchRun([folder.path]);
    await watch.ready();
    try {
      for (let n = 0; ; n++) writeFileSync(`${folder.path}/${n}`, '');
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
    const full = await watch.until(isState('full'));
    assert.equal(full.filesystem.state.of, 'inodes');
    assert.equal(full.filesystem.state.freeInodes, 0);
    await watch.stop();
  });
});

const GIB = 2 ** 30;
const usages = fc
  .record({
    totalBytes: fc.integer({ min: 1, max: 100_000 }).map((n) => n * MIB),
    free: fc.double({ min: 0, max: 1, noNaN: true }),
    inodes: fc.oneof(fc.constant(0), fc.integer({ min: 1000, max: 10_000_000 })),
    freeInodes: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ totalBytes, free, inodes, freeInodes }): Usage => ({
    totalBytes,
    usedBytes: Math.round(totalBytes * (1 - free)),
    availableBytes: Math.round(totalBytes * free),
    reservedBytes: 0,
    inodes,
    inodesUsed: Math.round(inodes * (1 - freeInodes)),
  }));
const order = ['ok', 'nearly-full', 'full'];

test('property: nothing left is full, plenty is not, and what was worse before is never told as better', () => {
  fc.assert(
    fc.property(usages, (usage) => {
      const fresh = order.indexOf(diskStateOf(usage).level);
      const noBytes = diskStateOf({ ...usage, availableBytes: 0 });
      assert.deepEqual([noBytes.level, noBytes.of], ['full', 'bytes']);
      const roomy = { ...usage, availableBytes: usage.totalBytes + 2 * GIB, inodesUsed: 0 };
      assert.equal(diskStateOf(roomy, 'full').level, 'ok');
      const after = order.map((before) =>
        order.indexOf(diskStateOf(usage, before as DiskStateEvent['filesystem']['state']['level']).level),
      );
      assert.ok(after.every((level) => level >= fresh));
    }),
  );
});

/** Where ext4 is told to find an error (sysfs-fs-ext4 in the kernel's ABI documents). */
function errorTrigger(mountPoint: string): string {
  const source = execFileSync('findmnt', ['-n', '-o', 'SOURCE', mountPoint], { encoding: 'utf8' }).trim();
  return `/sys/fs/ext4/${source.slice('/dev/'.length)}/trigger_fs_error`;
}

/** A kernel built without quotas refuses the mount. */
function needsQuotas(): string | false {
  if (needsLoopDisk('xfs')) return 'needs loop devices';
  try {
    loopDisk('xfs', { options: 'loop,uquota' })[Symbol.dispose]();
    return false;
  } catch {
    return 'needs a kernel with quotas (XFS_QUOTA)';
  }
}
