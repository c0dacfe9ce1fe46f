/** The systemd journal against what it may take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journalTree, noJournalTree } from '../../../fixtures/rules/journald.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { promiseInSandbox } from '../../support/promise.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { needsSandbox } from '../../support/sandbox.ts';

const MIB = 2 ** 20;

test(
  'the journal is measured against its settings, drop-ins included',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(journalTree(nowSeconds()));
    const [finding, ...more] = await machine.findings('journald');
    assert.deepEqual(more, []);
    assert.equal(finding.claimedBytes, 20 * MIB);
    // Archived are 12 MiB of it.
    assert.equal(finding.freeableBytes, 7 * MIB);
    assert.deepEqual(finding.evidence, [
      '3 journal files, 2 of them archived (12.0 MiB); the oldest was last written 20 days ago',
      'it may take 2.0 GiB (SystemMaxUse= in /etc/systemd/journald.conf.d/size.conf); SystemKeepFree=50.0 MiB must stay free',
    ]);
    // No journald runs there: nobody could archive what it writes.
    // It is rotated first where journald runs, as on the machine that tests.
    assert.match(finding.remedy.command ?? '', /^journalctl (?:--rotate )?--vacuum-size=5M$/u);
  },
);

test('journals of another machine are said to be', { skip: needsOtherRoot }, async () => {
  const other = 'fedcba9876543210fedcba9876543210';
  using machine = await otherRoot(journalTree(nowSeconds(), other));
  const [finding] = await machine.findings('journald');
  assert.equal(finding.title, "another machine's journal");
  assert.equal(finding.remedy.command, `journalctl -D /var/log/journal/${other} --vacuum-size=5M`);
});

test(
  'what was received from other machines no vacuum of the own journal gives back',
  { skip: needsOtherRoot },
  async () => {
    using few = await otherRoot(journalTree(nowSeconds(), undefined, 6 * MIB));
    const [beside] = await few.findings('journald');
    // As without it: archived are 12 MiB of this machine's.
    assert.equal(beside.freeableBytes, 7 * MIB);
    using many = await otherRoot(journalTree(nowSeconds(), undefined, 40 * MIB));
    const [mostly] = await many.findings('journald');
    assert.equal(mostly.freeableBytes, 20 * MIB);
    assert.equal(mostly.remedy.command, 'journalctl -D /var/log/journal/remote --vacuum-size=20M');
  },
);

test('a small journal, and what is only called so, is none', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noJournalTree);
  assert.deepEqual(await machine.findings('journald'), []);
});

const journal = '/usr/lib/systemd/systemd-journald';

test(
  'what the vacuum of a running journald is promised to give, it gives',
  { skip: unless(needsSandbox, needsTool(journal, 'journalctl', 'systemd-cat', 'jq')) },
  () => {
    const setUp = `
      mkdir -p /run/systemd/journald.conf.d /var/log/journal
      printf '[Journal]\\nRateLimitIntervalSec=0\\nSystemMaxUse=400M\\n' >/run/systemd/journald.conf.d/test.conf
      ${journal} >/dev/null 2>&1 &
      trap "kill $!" EXIT
      until journalctl --flush 2>/dev/null; do :; done
      for part in 1 2 3; do
        head -c 12000000 /dev/urandom | base64 -w 200 | systemd-cat
        journalctl --sync
      done`;
    const { finding, given } = promiseInSandbox(setUp, 'journald', '/var/log');
    assert.match(finding.remedy.command!, /^journalctl --rotate --vacuum-size=\d+M$/u);
    assert.ok(finding.freeableBytes >= 10 * MIB);
    assert.ok(given >= finding.freeableBytes, `${given} of ${finding.freeableBytes}`);
  },
);
