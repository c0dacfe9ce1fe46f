/** Rotated logs and the setting that keeps them. */
import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { noRotatedLogsTree, rotatedLogsTree } from '../../../fixtures/rules/rotated-logs-kept.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';

const MIB = 2 ** 20;

test(
  'generations are counted by directory, with the rule that keeps them',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(rotatedLogsTree(nowSeconds()));
    const [web, rest, ...more] = await machine.findings('rotated-logs-kept');
    assert.deepEqual(more, []);
    // Those of the last week stay; the command lists the others before anything goes.
    assert.match(web.remedy.command ?? '', /^find \/var\/log\/web .* -mtime \+90 -ls$/u);
    assert.deepEqual([web.claimedBytes, web.freeableBytes, web.paths[0]], [6 * MIB, 2 * MIB, '/var/log/web']);
    assert.equal(
      web.evidence[0],
      '4 generations of 2 logs in /var/log/web, the oldest 300 days old; the largest, access.log.1, has 3.0 MiB',
    );
    assert.deepEqual(web.evidence.slice(1), [
      '/etc/logrotate.d/web keeps 52 of each, daily, not compressed',
      '1 of them is not compressed: 3.0 MiB',
    ]);
    assert.match(web.remedy.text, /^lower `rotate 52` in \/etc\/logrotate\.d\/web and add `compress`/u);
    // Two directories that are not worth a finding each are one together; today's log is none of it.
    assert.deepEqual([rest.claimedBytes, rest.paths], [1.25 * MIB, ['/var/log/app', '/var/log/cron']]);
  },
);

test('a number at the end makes no rotated log', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noRotatedLogsTree(nowSeconds()));
  assert.deepEqual(await machine.findings('rotated-logs-kept'), []);
});

test('logs by the day are one finding wherever they lie', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  mkdirSync(`${disk.path}/out`);
  for (const day of ['01', '02', '03', '04']) {
    const path = `${disk.path}/out/app-2026-01-${day}.log`;
    const lines = Array.from(
      { length: 30_000 },
      (_, i) => `2026-01-${day} 03:04:05 INFO request ${i} served\n`,
    );
    writeFileSync(path, lines.join(''));
    utimesSync(path, 1_767_000_000, 1_767_000_000 + Number(day));
  }
  const [finding, ...more] = await findingsOf('rotated-logs-kept', disk.path);
  assert.deepEqual([finding.paths[0], finding.paths.length, more], [`${disk.path}/out`, 5, []]);
  assert.match(finding.evidence[0], /^4 generations of 1 log in /u);
  assert.deepEqual(await findingsOf('runaway-log', disk.path), []);
});
