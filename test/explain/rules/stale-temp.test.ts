/** What was left in /var/tmp: real files, a real holder, and a program whose clock is five days ahead. */
import assert from 'node:assert/strict';
import { chmodSync, chownSync } from 'node:fs';
import { test } from 'node:test';
import { noTempFiles, tempFiles } from '../../../fixtures/rules/stale-temp.ts';
import { daysLater } from '../../support/days-later.ts';
import { startHolder } from '../../support/holder.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import type { FindingJson, OtherRoot } from '../../support/other-root.ts';
import { NOBODY } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { directory, file } from '../../support/tree.ts';

async function staleIn(machine: OtherRoot, after: number): Promise<readonly FindingJson[]> {
  const { findings } = await machine.explain(['/'], daysLater(after));
  return (findings as readonly FindingJson[]).filter(({ rule }) => rule === 'stale-temp');
}

test(
  'five days later three entries are stale, and what is held or from the future is not',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(tempFiles);
    using _holder = await startHolder('exec 5<"$1"', [`${machine.path}/var/tmp/held/deep/open.dat`]);
    const [finding, ...more] = await staleIn(machine, 5);
    assert.deepEqual(more, []);
    assert.deepEqual(finding.paths, [
      '/var/tmp/build-x1',
      // Of a boot that is over.
      '/var/tmp/systemd-private-1-x.service-2',
      '/var/tmp/upload.part',
    ]);
    assert.equal(Math.round(finding.claimedBytes / MIB), 12);
    // One of them has a name in a home as well.
    assert.equal(Math.round(finding.freeableBytes / MIB), 10);
    assert.match(
      finding.evidence[0],
      /^3 entries of \/var\/tmp not touched for 5 days or more, and held by no process(?: that can be seen \(\d+ process(?:es)? cannot\))?$/u,
    );
    assert.ok(
      finding.evidence.some((line) => line.includes('frees memory, not disk')),
      finding.evidence.join('\n'),
    );
    assert.match(
      finding.remedy.command ?? '',
      /^diskwhy tmp --system --all-users --older 5d --delete \/var\/tmp$/u,
    );
  },
);

test("another user's directory is not root's to delete", { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(tempFiles);
  chmodSync(`${machine.path}/var/tmp`, 0o1777);
  chownSync(`${machine.path}/var/tmp/build-x1`, NOBODY.uid, NOBODY.gid);
  chownSync(`${machine.path}/var/tmp/upload.part`, NOBODY.uid, NOBODY.gid);
  const [finding] = await staleIn(machine, 5);
  assert.equal(Math.round(finding.claimedBytes / MIB), 16);
  // held/, upload.part and the one of another boot: a file may go, whosever it is.
  assert.equal(Math.round(finding.freeableBytes / MIB), 11);
  assert.ok(
    finding.evidence.some((line) => line.startsWith('1 of them is a directory of other users (5.0 MiB)')),
    finding.evidence.join('\n'),
  );
});

test(
  "where all is other users' it is told, and nothing is root's to delete",
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot({
      var: directory({ tmp: directory({ RtmpAb12Cd: directory({ 'a.rds': file(8 * MIB) }) }) }),
    });
    chmodSync(`${machine.path}/var/tmp`, 0o1777);
    chownSync(`${machine.path}/var/tmp/RtmpAb12Cd`, NOBODY.uid, NOBODY.gid);
    const [finding] = await staleIn(machine, 5);
    assert.equal(Math.round(finding.claimedBytes / MIB), 8);
    assert.equal(finding.remedy.command, null);
    assert.match(finding.remedy.text, /^have their owners look and delete them/u);
  },
);

test(
  'what was made yesterday is not stale, however old it says it is',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(tempFiles);
    assert.deepEqual(await staleIn(machine, 1), []);
  },
);

test('other directories called tmp, and small files', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noTempFiles);
  assert.deepEqual(await staleIn(machine, 5), []);
});
