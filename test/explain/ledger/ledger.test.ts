/** The ledger against what was really put on a disk: accounts within 1 MiB, the sum exact, hardly anything unexplained. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { ExplainReport } from '../../../src/model/explain-report.ts';
import { restOf } from '../../../src/model/ledger.ts';
import type { Account, AccountName } from '../../../src/model/ledger.ts';
import { startHolder, startProgram } from '../../support/holder.ts';
import { loopDisk, mountTmpfs } from '../../support/mounted.ts';
import { needsLoopDisk, needsMount, needsOtherUser, NOBODY, unless } from '../../support/requirements.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { explainJson, runDiskwhy } from '../../support/diskwhy.ts';

const MIB = 2 ** 20;
const tolerance = { ext4: 0.005, xfs: 0.03, btrfs: 0.03 } as const;

function accountOf({ filesystems }: ExplainReport, name: AccountName): Account {
  const found = filesystems[0].ledger.accounts.find(({ account }) => account === name);
  assert.ok(found, name);
  return found;
}

function bytesOf(report: ExplainReport, name: AccountName): number {
  const { bytes } = accountOf(report, name);
  assert.ok(bytes !== undefined, `${name} is known`);
  return bytes;
}

function assertClose(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= MIB, `${what}: ${actual / MIB} MiB, not ${expected / MIB}`);
}

/** Data that no filesystem stores in less space than it has. */
function writeRandom(path: string, mebibytes: number): void {
  execFileSync('dd', [
    'if=/dev/urandom',
    `of=${path}`,
    'bs=1M',
    `count=${mebibytes}`,
    'conv=fsync',
    'status=none',
  ]);
}

for (const type of ['ext4', 'xfs', 'btrfs'] as const) {
  suite(`ledger of ${type}`, { skip: needsLoopDisk(type) }, () => {
    test('every account is what was put there', async () => {
      using disk = loopDisk(type, { megabytes: 768 });
      const at = (name: string): string => `${disk.path}/${name}`;
      // Deleted: 75 MiB held through two descriptors by one process, and run by another.
      writeRandom(at('padding'), 75);
      execFileSync('sh', [
        '-c',
        'cat /bin/cat "$1" > "$2" && chmod +x "$2" && rm "$1" && sync "$2"',
        'sh',
        at('padding'),
        at('program'),
      ]);
      using program = await startProgram(at('program'));
      using holder = await startHolder('exec 5<"$1" 6<"$1"', [at('program')]);
      unlinkSync(at('program'));
      // Hidden: 50 MiB under a mount point.
      mkdirSync(at('data'));
      writeRandom(at('data/before'), 50);
      using _ = mountTmpfs(at('data'));
      writeFileSync(at('data/after'), Buffer.alloc(5 * MIB));
      // Visible: 40 MiB, a hole of 10 GiB, 20 MiB reserved, and 10 MiB under two names.
      writeRandom(at('cache'), 40);
      execFileSync('truncate', ['-s', '10G', at('sparse')]);
      execFileSync('fallocate', ['-l', String(20 * MIB), at('reserved')]);
      writeRandom(at('one'), 10);
      linkSync(at('one'), at('two'));
      execFileSync('sync', ['-f', disk.path]);

      const report = await explainTree(disk.path);
      const [filesystem] = report.filesystems;
      assert.equal(filesystem.ledger.scope, 'filesystem');
      const { bsize, blocks, bfree } = statfsSync(disk.path);
      const total = filesystem.ledger.accounts.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
      assert.equal(total, filesystem.usedBytes);
      assertClose(total, (blocks - bfree) * bsize, 'used');

      const deleted = accountOf(report, 'deleted-open');
      assertClose(bytesOf(report, 'deleted-open'), 75 * MIB, 'deleted');
      assert.equal(deleted.detail.length, 1);
      assert.equal(deleted.detail[0].path, at('program'));
      const holds = new Map(deleted.detail[0].holders.map((one) => [one.process.pid, one]));
      assert.deepEqual(
        [...holds.keys()].toSorted((a, b) => a - b),
        [program.pid, holder.pid].toSorted((a, b) => a - b),
      );
      assert.deepEqual(holds.get(holder.pid)?.descriptors, [5, 6]);
      assert.equal(holds.get(holder.pid)?.mapped, false);
      assert.equal(holds.get(program.pid)?.mapped, true);
      const hidden = accountOf(report, 'hidden-under-mounts');
      assertClose(bytesOf(report, 'hidden-under-mounts'), 50 * MIB, 'hidden');
      assert.equal(hidden.detail[0].path, at('data'));
      assertClose(bytesOf(report, 'walked'), (40 + 20 + 10) * MIB, 'walked');
      const rest = restOf(filesystem.ledger);
      assert.ok(Math.abs(rest) <= tolerance[type] * filesystem.usedBytes, `unexplained ${rest}`);

      const rules = new Map(report.findings.map((finding) => [finding.rule, finding]));
      assertClose(rules.get('deleted-open')?.freeableBytes ?? 0, 75 * MIB, 'finding: deleted');
      assertClose(rules.get('hidden-under-mount')?.diskBytes ?? 0, 50 * MIB, 'finding: hidden');
      const claimed = report.findings.reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
      assert.ok(claimed <= filesystem.usedBytes, 'findings explain no byte twice');
    });
  });
}

test(
  'a file deleted inside a container is held on the disk that stores its layer',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    for (const name of ['lower', 'upper', 'work', 'merged']) mkdirSync(`${disk.path}/${name}`);
    // Mounted where only the container sees it.
    using holder = await startHolder(
      `cd "$1" && mount -t overlay -o lowerdir=lower,upperdir="$1"/upper,workdir=work overlay merged &&
     head -c 10485760 /dev/urandom > merged/log && sync merged/log && exec 5<merged/log && rm merged/log && cd /`,
      [disk.path],
      { under: ['unshare', '--mount'] },
    );
    const report = await explainTree(disk.path);
    const deleted = accountOf(report, 'deleted-open');
    assertClose(bytesOf(report, 'deleted-open'), 10 * MIB, 'deleted');
    assert.equal(deleted.detail[0].holders[0].process.pid, holder.pid);
    assertClose(restOf(report.filesystems[0].ledger), 0, 'unexplained');
  },
);

test(
  'a path below the root has the rest elsewhere; --filesystem explains all of it',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    mkdirSync(`${disk.path}/here`);
    mkdirSync(`${disk.path}/there`);
    writeRandom(`${disk.path}/here/file`, 5);
    writeRandom(`${disk.path}/there/file`, 10);
    const part = await explainTree(`${disk.path}/here`);
    assert.equal(part.filesystems[0].ledger.scope, 'path');
    assertClose(bytesOf(part, 'elsewhere'), 10 * MIB, 'elsewhere');
    const whole = await explainTree(`${disk.path}/here`, { wholeFilesystems: true });
    assert.equal(whole.roots[0].path, disk.path);
    assert.equal(whole.filesystems[0].ledger.scope, 'filesystem');
    assertClose(bytesOf(whole, 'walked'), 15 * MIB, 'walked');
  },
);

test(
  'an ordinary user is told what stays unseen',
  { skip: unless(needsLoopDisk('ext4'), needsOtherUser) },
  async () => {
    using disk = loopDisk('ext4');
    writeRandom(`${disk.path}/deleted`, 10);
    mkdirSync(`${disk.path}/data`);
    writeRandom(`${disk.path}/data/before`, 5);
    using _ = mountTmpfs(`${disk.path}/data`);
    using holder = await startHolder('exec 5<"$1"', [`${disk.path}/deleted`]);
    assert.ok(holder.pid > 0);
    unlinkSync(`${disk.path}/deleted`);
    const { code, json } = await explainJson([disk.path], NOBODY);
    assert.equal(code, 3);
    assert.equal(json.complete, false);
    const accounts = new Map(json.filesystems[0].ledger.accounts.map((one) => [one.account, one]));
    for (const unseen of ['deleted-open', 'hidden-under-mounts', 'filesystem-metadata', 'unreadable'])
      assert.equal(accounts.get(unseen)?.bytes, null, unseen);
    assert.match(
      accounts.get('deleted-open')?.note ?? '',
      /processes are not visible to you; sudo shows them/u,
    );
    assert.equal(accounts.get('deleted-open')?.noteFacts?.['code'], 'processes-hidden');
    assert.match(accounts.get('hidden-under-mounts')?.note ?? '', /1 mount may hide files.*sudo/u);
    assert.deepEqual(accounts.get('hidden-under-mounts')?.noteFacts, {
      code: 'mounts-not-looked-under',
      mounts: 1,
    });
    // lost+found is for root only.
    assert.match(accounts.get('unreadable')?.note ?? '', /1 unreadable place/u);
    assert.ok(!accounts.has('unexplained'));
    assertClose(accounts.get('unseen')?.bytes ?? 0, 15 * MIB, 'unseen');
    const screen = await runDiskwhy([disk.path], NOBODY);
    assert.doesNotMatch(screen.stdout, /LEDGER[^\n]*\b0 B/u, 'no zero that could not be seen');
    assert.match(screen.stdout, /deleted, still open \?.*not looked at 15\.\d MiB/su);
  },
);

test(
  'what was left out, and what was not come to, is not called unexplained',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    for (const name of ['kept', 'left-out']) writeRandom(`${disk.path}/${name}`, 10);
    const report = await explainTree(disk.path, { exclude: ['left-out'] });
    assert.deepEqual(accountOf(report, 'excluded').note, { code: 'excluded', entries: 1 });
    assert.equal(accountOf(report, 'excluded').bytes, undefined);
    assertClose(bytesOf(report, 'unseen'), 10 * MIB, 'left out');
    assert.ok(!report.filesystems[0].ledger.accounts.some(({ account }) => account === 'unexplained'));
    const ended = await explainTree(disk.path, {}, { signal: AbortSignal.abort() });
    assert.equal(accountOf(ended, 'interrupted').bytes, undefined);
    assertClose(bytesOf(ended, 'unseen') + bytesOf(ended, 'walked'), 20 * MIB, 'not come to');
  },
);

test('what a process holds open is not freeable', { skip: needsMount }, async () => {
  using disk = loopDisk('ext4');
  mkdirSync(`${disk.path}/a/b`, { recursive: true });
  for (const name of ['held', 'free', 'linked']) writeRandom(`${disk.path}/a/b/${name}`, 2);
  linkSync(`${disk.path}/a/b/linked`, `${disk.path}/a/linked`);
  using holder = await startHolder('exec 5<"$1" 6<"$2"', [`${disk.path}/a/b/held`, `${disk.path}/a/linked`]);
  assert.ok(holder.pid > 0);
  const { roots } = await explainTree(`${disk.path}/a`);
  const { tree } = roots[0];
  assertClose(tree.freeableBytes, 2 * MIB, 'freeable');
  const b = tree.children.find(({ type }) => type === 'directory')!;
  assertClose(b.freeableBytes, 2 * MIB, 'freeable below');
  assert.deepEqual(
    b.children.filter(({ freeableBytes }) => freeableBytes > 0).map(({ name }) => name),
    ['free'],
  );
});
