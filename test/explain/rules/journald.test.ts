/** The systemd journal against what it may take. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { journalTree, noJournalTree } from '../../../fixtures/rules/journald.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import type { FindingJson } from '../../support/other-root.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { inSandbox, needsSandbox } from '../../support/sandbox.ts';

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
    assert.equal(finding.remedy.command, 'journalctl --vacuum-size=5M');
  },
);

test('journals of another machine are said to be', { skip: needsOtherRoot }, async () => {
  const other = 'fedcba9876543210fedcba9876543210';
  using machine = await otherRoot(journalTree(nowSeconds(), other));
  const [finding] = await machine.findings('journald');
  assert.equal(finding.title, "another machine's journal");
  assert.equal(finding.remedy.command, `journalctl -D /var/log/journal/${other} --vacuum-size=5M`);
});

test('a small journal, and what is only called so, is none', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noJournalTree);
  assert.deepEqual(await machine.findings('journald'), []);
});

const journal = '/usr/lib/systemd/systemd-journald';

test(
  'what the vacuum of a running journald is promised to give, it gives',
  { skip: unless(needsSandbox, needsTool(journal, 'journalctl', 'systemd-cat')) },
  () => {
    const script = `
      mount -t tmpfs none /run
      mkdir -p /run/systemd/journald.conf.d /var/log/journal
      printf '[Journal]\nRateLimitIntervalSec=0\nSystemMaxUse=400M\n' >/run/systemd/journald.conf.d/test.conf
      ${journal} >/dev/null 2>&1 &
      trap "kill $!" EXIT
      until journalctl --flush 2>/dev/null; do :; done
      for part in 1 2 3; do
        head -c 12000000 /dev/urandom | base64 -w 200 | systemd-cat
        journalctl --sync
      done
      free() { sync -f /var/log; stat -f -c '%a %S' /var/log; }
      diskwhy /var/log --json >/run/report
      free
      sh -c "$(jq -r '.findings[] | select(.rule == "journald") | .remedy.command' /run/report)" >/dev/null 2>&1
      free
      jq -c '.findings[] | select(.rule == "journald")' /run/report`;
    const [command, ...words] = inSandbox(script, []);
    const printed = execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [before, after, json] = printed.trim().split('\n');
    const bytes = (free: string): number => {
      const [blocks, blockBytes] = free.split(' ');
      return Number(blocks) * Number(blockBytes);
    };
    const finding = JSON.parse(json) as FindingJson;
    assert.match(finding.remedy.command!, /^journalctl --rotate --vacuum-size=\d+M$/u);
    assert.ok(finding.freeableBytes >= 10 * MIB, json);
    const given = bytes(after) - bytes(before);
    assert.ok(given >= finding.freeableBytes, `${given} of ${finding.freeableBytes}`);
  },
);
