/** What was written into the mount point of a filesystem that is not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fstabMounts } from '../../../src/system/services/planned-mounts.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { content, directory, file } from '../../support/tree.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { MIB } from '../../support/rule-disk.ts';

const machine = {
  etc: directory({
    fstab: content('nas:/export/backup /mnt/backup nfs defaults,nofail 0 0\n'),
    systemd: directory({
      system: directory({
        'srv-data.mount': content('[Mount]\nWhat=/dev/disk/by-label/data\nWhere=/srv/data\nType=xfs\n'),
      }),
    }),
  }),
  mnt: directory({ backup: directory({ 'db.sql.gz': file(9 * MIB) }) }),
  srv: directory({ data: directory({ blob: file(7 * MIB) }), other: directory({ blob: file(6 * MIB) }) }),
};

test('named by fstab or by a unit, not mounted, and full of bytes', { skip: needsOtherRoot }, async () => {
  using root = await otherRoot(machine);
  const findings = await root.findings('mount-away');
  assert.deepEqual(
    findings.map(({ paths, diskBytes, freeableBytes }) => [
      paths[0],
      Math.floor(diskBytes / MIB),
      freeableBytes,
    ]),
    [
      ['/mnt/backup', 9, 0],
      ['/srv/data', 7, 0],
    ],
  );
  assert.match(findings[0].evidence[0], /^\/etc\/fstab says that nas:\/export\/backup \(nfs\)/u);
  assert.match(findings[1].evidence[0], /srv-data\.mount says that .*by-label\/data \(xfs\)/u);
  assert.match(findings[0].remedy.text, /would hide these bytes, not free them/u);
  assert.ok(findings.every(({ remedy }) => !/\brm\b|\bmount\b/u.test(remedy.command ?? '')));
});

test('once it is mounted there is nothing to say', { skip: needsOtherRoot }, async () => {
  using root = await otherRoot(machine);
  using _backup = mountTmpfs(`${root.path}/mnt/backup`);
  const findings = await root.findings('mount-away');
  assert.deepEqual(
    findings.map(({ paths }) => paths[0]),
    ['/srv/data'],
  );
});

test('fstab as people write it', () => {
  const table = [
    '# comment',
    'UUID=ab /data\\040disk ext4 defaults,noauto 0 2',
    '/swapfile none swap sw 0 0',
    'LABEL=x /srv/ xfs x-systemd.automount',
    'broken line',
    '',
  ].join('\n');
  assert.deepEqual(
    fstabMounts(table).map(({ mountPoint, source, isOnDemand }) => [mountPoint, source, isOnDemand]),
    [
      ['/data disk', 'UUID=ab', true],
      ['/srv', 'LABEL=x', true],
    ],
  );
});
