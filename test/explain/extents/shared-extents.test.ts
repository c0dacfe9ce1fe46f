/** Files that share extents are explained once: snapshots of the same files never explain more than is used. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainJson } from '../../../src/render/json/explain.ts';
import { readDocument } from '../../support/document.ts';
import { explainTree } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { saidOf } from '../../../src/render/words/said-of.ts';

const MIB = 2 ** 20;

test(
  'three snapshots of the same extents explain no more than is used',
  { skip: needsLoopDisk('btrfs') },
  async () => {
    using disk = loopDisk('btrfs');
    const btrfs = (...words: string[]): unknown => execFileSync('btrfs', words, { stdio: 'ignore' });
    btrfs('subvolume', 'create', `${disk.path}/.snapshots`);
    writeFileSync(`${disk.path}/dump.sql`, randomBytes(20 * MIB));
    for (const number of [1, 2, 3]) {
      mkdirSync(`${disk.path}/.snapshots/${number}`);
      writeFileSync(
        `${disk.path}/.snapshots/${number}/info.xml`,
        `<snapshot><num>${number}</num></snapshot>`,
      );
      btrfs('subvolume', 'snapshot', '-r', disk.path, `${disk.path}/.snapshots/${number}/snapshot`);
    }
    rmSync(`${disk.path}/dump.sql`);
    btrfs('filesystem', 'sync', disk.path);
    const { explained, findings, filesystems, generatedAt } = await explainTree(disk.path);
    assert.equal(explained.scope, 'filesystem');
    assert.ok(explained.bytes <= explained.ofBytes, `${explained.bytes} of ${explained.ofBytes}`);
    assert.ok(explained.bytes >= 20 * MIB);
    const [snapshots] = findings;
    assert.equal(snapshots.rule, 'store');
    assert.ok(snapshots.claimedBytes <= filesystems[0].usedBytes);
    assert.ok((snapshots.sharedBytes ?? 0) >= 30 * MIB);
    assert.match(saidOf(snapshots, generatedAt).evidence.join('\n'), /share extents/u);
    // What root cannot write either is no reserve of root's.
    assert.equal(filesystems[0].reservedBytes, 0);
  },
);

for (const type of ['xfs', 'btrfs'] as const) {
  test(
    `${type}: what a copy by reference has as well comes back with neither`,
    { skip: needsLoopDisk(type) },
    async () => {
      using disk = loopDisk(type);
      mkdirSync(`${disk.path}/logs`);
      const old = `${disk.path}/logs/app.log.1`;
      writeFileSync(old, '2026-11-27T10:00:00Z ERROR retry\n'.repeat(200_000));
      writeFileSync(`${disk.path}/logs/app.log.2`, '2026-11-26T10:00:00Z ERROR retry\n'.repeat(100_000));
      execFileSync('cp', ['--reflink=always', old, `${disk.path}/copy`]);
      execFileSync('sync', ['-f', disk.path]);
      const report = await explainTree(disk.path);
      const { roots, findings } = report;
      readDocument(JSON.stringify(explainJson(report, '0', 10, undefined)));
      const { tree } = roots[0];
      const logs = tree.children.find(({ name }) => name === 'logs')!;
      const [largest, other] = logs.children.toSorted((a, b) => b.diskBytes - a.diskBytes);
      assert.deepEqual([largest.path, largest.freeableBytes], [old, 0]);
      assert.equal(other.freeableBytes, other.diskBytes);
      assert.equal(logs.freeableBytes, logs.diskBytes - largest.diskBytes);
      for (const { freeableBytes, elsewhereBytes, diskBytes, remedies } of findings) {
        if (elsewhereBytes === undefined) continue;
        assert.ok(freeableBytes <= diskBytes - elsewhereBytes);
        for (const { action } of remedies) assert.ok(action.frees.bytes <= freeableBytes);
      }
      assert.ok(findings.some(({ elsewhereBytes }) => elsewhereBytes === largest.diskBytes));
    },
  );
}

const disks = [
  { kind: 'btrfs', type: 'btrfs', format: [] },
  { kind: 'XFS with a map of owners', type: 'xfs', format: ['-m', 'rmapbt=1,reflink=1'] },
  { kind: 'XFS without one', type: 'xfs', format: ['-m', 'rmapbt=0,reflink=1'] },
] as const;

for (const { kind, type, format } of disks) {
  test(
    `${kind}: a copied image comes back once, where the original and all its copies go`,
    { skip: needsLoopDisk(type) },
    async () => {
      using disk = loopDisk(type, { format });
      const { path } = disk;
      for (const place of ['images/old', 'other']) mkdirSync(`${path}/${place}`, { recursive: true });
      writeFileSync(`${path}/images/a.img`, randomBytes(20 * MIB));
      const copy = (from: string, to: string): unknown =>
        execFileSync('cp', ['--reflink=always', `${path}/${from}`, `${path}/${to}`]);
      copy('images/a.img', 'images/b.img');
      copy('images/a.img', 'images/old/c.img');
      writeFileSync(`${path}/images/alone`, randomBytes(3 * MIB));
      writeFileSync(`${path}/other/data`, randomBytes(5 * MIB));
      copy('other/data', 'data');
      execFileSync('sync', ['-f', path]);
      // Three megabytes of its own for one copy.
      execFileSync('dd', ['if=/dev/urandom', `of=${path}/images/b.img`, 'bs=1M', 'count=3', 'conv=notrunc'], {
        stdio: 'ignore',
      });
      execFileSync('sync', ['-f', path]);
      const before = statfsSync(path);
      const { roots, filesystems, explained } = await explainTree(path);
      const { tree } = roots[0];
      const child = (name: string): typeof tree => tree.children.find((node) => node.name === name)!;
      const images = child('images');
      assert.equal(child('other').freeableBytes, 0);
      // 20 of the image, 3 of its copy, 3 beside; 5 of the other file.
      assert.equal(Math.floor(images.freeableBytes / MIB), 26);
      assert.equal(Math.floor(tree.freeableBytes / MIB), 31);
      const { usedBytes, ledger } = filesystems[0];
      assert.equal(
        ledger.accounts.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
        usedBytes,
      );
      // What the filesystem keeps for itself is explained by no file, as far as it can be told from what was just written.
      const metadata = ledger.accounts.find(({ account }) => account === 'filesystem-metadata')!;
      const toCome = metadata.detail.find(({ part }) => part?.code === 'metadata-to-come')?.bytes ?? 0;
      const own = metadata.bytes! - toCome;
      assert.ok(explained.bytes > 20 * MIB && explained.bytes <= usedBytes - own, `${explained.bytes}`);
      rmSync(images.path, { recursive: true });
      // XFS gives back what was deleted some time later, but before it is frozen.
      for (const step of ['-f', '-u']) execFileSync('fsfreeze', [step, path]);
      const gained = (statfsSync(path).bfree - before.bfree) * before.bsize;
      assert.ok(Math.abs(gained - images.freeableBytes) < MIB, `${gained} of ${images.freeableBytes}`);
    },
  );
}

test(
  'XFS without a map of owners: what an open file without a name has as well comes back with nothing',
  { skip: needsLoopDisk('xfs') },
  async () => {
    using disk = loopDisk('xfs', { format: ['-m', 'rmapbt=0,reflink=1'] });
    const { path } = disk;
    mkdirSync(`${path}/images`);
    writeFileSync(`${path}/images/a.img`, randomBytes(5 * MIB));
    const copy = (to: string): unknown =>
      execFileSync('cp', ['--reflink=always', `${path}/images/a.img`, `${path}/${to}`]);
    copy('images/b.img');
    copy('gone');
    const descriptor = openSync(`${path}/gone`, 'r');
    try {
      rmSync(`${path}/gone`);
      execFileSync('sync', ['-f', path]);
      const { tree } = (await explainTree(path)).roots[0];
      assert.ok(tree.children[0].freeableBytes < MIB, `${tree.children[0].freeableBytes}`);
    } finally {
      closeSync(descriptor);
    }
  },
);

test(
  'what compression saves is not promised back: btrfs gains what was said',
  { skip: needsLoopDisk('btrfs') },
  async () => {
    using disk = loopDisk('btrfs', { options: 'loop,compress-force=zstd' });
    const { path } = disk;
    mkdirSync(`${path}/logs`);
    const lines = '2026-11-27T10:00:00Z ERROR retry\n'.repeat(1_000_000);
    writeFileSync(`${path}/logs/app.log.1`, lines);
    // Half of it has a copy.
    writeFileSync(`${path}/logs/app.log.2`, lines);
    execFileSync('cp', ['--reflink=always', `${path}/logs/app.log.2`, `${path}/copy`]);
    writeFileSync(`${path}/logs/random`, randomBytes(5 * MIB));
    execFileSync('sync', ['-f', path]);
    const before = statfsSync(path);
    const { roots, findings } = await explainTree(path);
    const logs = roots[0].tree.children.find(({ name }) => name === 'logs')!;
    assert.ok(logs.diskBytes > 60 * MIB);
    const told = findings.filter(({ savedBytes }) => savedBytes !== undefined);
    const [first] = told;
    assert.ok(first.claimedBytes > 0 && first.claimedBytes === first.freeableBytes);
    for (const { freeableBytes } of told) assert.ok(freeableBytes < 4 * MIB, `${freeableBytes}`);
    const sizes = told.map((finding) => /that gives (?<size>[\d.]+) MiB/u.exec(saidOf(finding, 0).advice));
    for (const size of sizes) if (size) assert.ok(Number(size.groups!['size']) < 4, size[0]);
    rmSync(logs.path, { recursive: true });
    execFileSync('sync', ['-f', path]);
    const gained = (statfsSync(path).bfree - before.bfree) * before.bsize;
    assert.ok(Math.abs(gained - logs.freeableBytes) < MIB, `${gained} of ${logs.freeableBytes}`);
  },
);
