/** A thin pool without room, under filesystems that look free: the pool is named, and its owner's command makes room. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import type { PoolStateEvent } from '../../../src/model/watch-event.ts';
import { needsThrowaway } from '../../support/requirements.ts';
import { WatchRun } from '../../support/watch-run.ts';
import { loopDevice, shell } from '../../support/virtual-machine/machine-shell.ts';

const skip = needsThrowaway;

/** A group with a pool of 100 MiB, a volume on it, one beside it, and room left. */
function makeGroup(group: string, type: 'ext4' | 'xfs'): void {
  const device = loopDevice(`/tmp/${group}`, 900);
  shell(
    `vgcreate -q -s 1M "$1" "$2"; lvcreate -q -L 100M --poolmetadatasize 2M --thinpool pool "$1"
    lvcreate -q -V 400M --thin -n data "$1/pool"; lvcreate -q -L 400M -n beside "$1"
    mkdir -p "/mnt/$1/data" "/mnt/$1/beside"
    for volume in data beside; do mkfs.$3 -q "/dev/$1/$volume"; mount "/dev/$1/$volume" "/mnt/$1/$volume"; done`,
    group,
    device,
    type,
  );
}

const shares = (group: string): string =>
  shell(`lvs --noheadings -o data_percent,metadata_percent ${group}/pool`);

before(() => {
  if (skip) return;
  shell('modprobe dm-thin-pool');
  makeGroup('vg-data', 'ext4');
  makeGroup('vg-meta', 'xfs');
});

test('a pool whose data is full', { skip }, async () => {
  assert.deepEqual(await findingsOf('thin-pool-full', '/mnt/vg-data/data'), []);
  await using watch = new WatchRun(['/mnt/vg-data/data', '/mnt/vg-data/beside']);
  await watch.ready();
  // Without waiting a minute for somebody to enlarge it.
  shell('lvchange -q --errorwhenfull y vg-data/pool');
  shell('! dd if=/dev/urandom of=/mnt/vg-data/data/much bs=1M count=150 conv=fsync 2>/dev/null');
  assert.match(shares('vg-data'), /^\s*100\.00 /u);
  const [finding, ...more] = await findingsOf('thin-pool-full', '/mnt/vg-data/data');
  assert.deepEqual(more, []);
  assert.equal(finding.pool, 'vg--data-pool-tpool');
  assert.equal(finding.urgent, true);
  assert.deepEqual([finding.state, finding.usedShare], ['out-of-space', 1]);
  assert.ok(finding.availableBytes > 50 * 2 ** 20, 'the filesystem looks free');
  assert.deepEqual(
    finding.remedies.map(({ line }) => line),
    ['lvextend -L +100M vg-data/pool', 'fstrim -v /mnt/vg-data/data', 'lvs -a -o +metadata_percent vg-data'],
  );
  assert.deepEqual(await findingsOf('thin-pool-full', '/mnt/vg-data/beside'), [], 'it is not on the pool');
  for (const { line } of finding.remedies) shell(line!);
  assert.match(shares('vg-data'), /^\s*[1-5]\d\./u);
  for (const type of ['pool-full', 'pool-freed'] as const) {
    const told = await watch.until((event): event is PoolStateEvent => event.type === type);
    assert.deepEqual(
      [told.pool.name, told.filesystem.mountPoint],
      ['vg--data-pool-tpool', '/mnt/vg-data/data'],
    );
  }
  await watch.stop();
  shell('dd if=/dev/urandom of=/mnt/vg-data/data/more bs=1M count=20 conv=fsync 2>/dev/null');
  assert.deepEqual(await findingsOf('thin-pool-full', '/mnt/vg-data/data'), []);
});

test('a pool whose metadata is full', { skip }, async () => {
  shell(
    'i=0; while dmsetup message vg--meta-pool-tpool 0 "create_thin $((1000 + i))" 2>/dev/null; do i=$((i + 1)); done',
  );
  assert.match(shares('vg-meta'), / 100\.00\s*$/u);
  const [finding, ...more] = await findingsOf('thin-pool-full', '/mnt/vg-meta/data');
  assert.deepEqual(more, []);
  assert.deepEqual([finding.state, finding.metadataUsedShare], ['read-only', 1]);
  // A pool that takes no writes gives nothing back to fstrim, though that says it did.
  assert.deepEqual(
    finding.remedies.map(({ line }) => line),
    ['lvextend --poolmetadatasize +2M vg-meta/pool', 'lvs -a -o +metadata_percent vg-meta'],
  );
  assert.deepEqual(await findingsOf('thin-pool-full', '/mnt/vg-meta/beside'), []);
  for (const { line } of finding.remedies) shell(line!);
  assert.deepEqual(await findingsOf('thin-pool-full', '/mnt/vg-meta/data'), []);
  shell('dd if=/dev/urandom of=/mnt/vg-meta/data/more bs=1M count=20 conv=fsync 2>/dev/null');
});

test('a group without room is said to have none', { skip }, async () => {
  shell(`lvcreate -q -l 100%FREE -n rest vg-data
  ! dd if=/dev/urandom of=/mnt/vg-data/data/all bs=1M count=250 conv=fsync 2>/dev/null`);
  const [finding] = await findingsOf('thin-pool-full', '/mnt/vg-data/data');
  assert.deepEqual(
    finding.remedies.map(({ line }) => line),
    ['fstrim -v /mnt/vg-data/data', 'lvs -a -o +metadata_percent vg-data'],
  );
  assert.match(finding.remedy.text, /vgextend/u);
});
