/** The systemd journal against what it may take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journalTree, noJournalTree } from '../../../fixtures/rules/journald.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';

const MIB = 2 ** 20;

test(
  'the journal is measured against its settings, drop-ins included',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(journalTree(nowSeconds()));
    const [finding, ...more] = await machine.findings('journald');
    assert.deepEqual(more, []);
    assert.equal(finding.claimedBytes, 20 * MIB);
    assert.equal(finding.freeableBytes, 10 * MIB);
    assert.deepEqual(finding.evidence, [
      '3 journal files, 2 of them archived (12.0 MiB); the oldest was last written 20 days ago',
      'it may take 2.0 GiB (SystemMaxUse= in /etc/systemd/journald.conf.d/size.conf); SystemKeepFree=50.0 MiB must stay free',
    ]);
    // No journald runs there: nobody could archive what it writes.
    assert.equal(finding.remedy.command, 'journalctl --vacuum-size=10M');
  },
);

test('journals of another machine are said to be', { skip: needsOtherRoot }, async () => {
  const other = 'fedcba9876543210fedcba9876543210';
  using machine = await otherRoot(journalTree(nowSeconds(), other));
  const [finding] = await machine.findings('journald');
  assert.equal(finding.title, "another machine's journal");
  assert.equal(finding.remedy.command, `journalctl -D /var/log/journal/${other} --vacuum-size=10M`);
});

test('a small journal, and what is only called so, is none', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noJournalTree);
  assert.deepEqual(await machine.findings('journald'), []);
});
