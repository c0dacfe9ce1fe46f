/** A filesystem that the kernel stopped, by an error that ext4 makes on demand, and those that people made read-only. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { readMounts } from '../../../src/system/mounts/mounts.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';

test(
  'ext4 that met an error, and one that is read-only by wish',
  { skip: needsLoopDisk('ext4') },
  async (context) => {
    using wanted = loopDisk('ext4', { options: 'loop,ro' });
    assert.deepEqual(await findingsOf('read-only-by-error', wanted.path), []);
    using disk = loopDisk('ext4', { format: ['-e', 'remount-ro'] });
    assert.deepEqual(await findingsOf('read-only-by-error', disk.path), []);
    const device = readMounts().find(({ mountPoint }) => mountPoint === fromText(disk.path))!.source;
    const trigger = `/sys/fs/ext4/${basename(device)}/trigger_fs_error`;
    if (!existsSync(trigger)) return context.skip('this kernel makes no errors on demand');
    writeFileSync(trigger, 'asked for by a test\n');
    const [found, ...more] = await findingsOf('read-only-by-error', disk.path);
    assert.deepEqual(more, []);
    assert.equal(found.title, 'filesystem made read-only by an error');
    assert.match(
      found.evidence[1],
      /EXT4-fs error \(device loop\d+\)|EXT4-fs \(loop\d+\): Remounting|journal/u,
    );
    assert.deepEqual(
      found.remedies.map(({ line }) => line),
      ['dmesg --level err,crit,alert,emerg', `tune2fs -l ${device}`],
    );
    assert.match(found.remedy.text, new RegExp(`fsck -f ${device}`, 'u'));
  },
);
