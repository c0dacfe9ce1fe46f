/** Rotated logs and the setting that keeps them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noRotatedLogsTree, rotatedLogsTree } from '../../../fixtures/rules/rotated-logs-kept.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
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
