/** Large files: what they are, whose, how old, who holds them, and what deleting one name gives back. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, copyFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { test } from 'node:test';
import { bigFiles, noBigFiles, starts } from '../../../fixtures/rules/big-file.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { loopDisk, mount } from '../../support/mounted.ts';
import { needsLoopDisk, NOBODY } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree, directory, file } from '../../support/tree.ts';

function begin(path: string, bytes: string): void {
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, Buffer.from(bytes, 'latin1'));
  closeSync(descriptor);
}

test('each large file with what a person needs to decide', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  const tree = `${disk.path}/tree`;
  await buildTree(tree, bigFiles);
  for (const [name, bytes] of starts) begin(`${tree}/${name}`, bytes);
  chownSync(`${tree}/srv/backup.bin`, NOBODY.uid, NOBODY.gid);
  using holder = await startHolder('exec 5<"$1"', [`${tree}/srv/disk.bin`]);
  const findings = await findingsOf('big-file', tree);
  assert.deepEqual(
    findings.map(({ title, paths, claimedBytes, freeableBytes, risk }) => [
      title,
      paths[0].slice(tree.length),
      claimedBytes / MIB,
      freeableBytes / MIB,
      risk,
    ]),
    [
      ['large SQLite database', '/srv/database.bin', 8, 0, 'never'],
      ['large QEMU disk image (qcow2)', '/srv/disk.bin', 7, 0, 'never'],
      ['large gzip archive', '/srv/backup.bin', 6, 0, 'review'],
      ['large file', '/srv/unknown.bin', 5, 0, 'review'],
      ['large file', findings[4].paths[0].slice(tree.length), 4, 0, 'review'],
    ],
  );
  const [database, image, archive, unknown, linked] = findings;
  assert.match(database.evidence[0], /^SQLite database, owned by root, last written/u);
  assert.equal(database.remedy.command, `sqlite3 ${tree}/srv/database.bin VACUUM`);
  assert.match(
    image.evidence[1],
    new RegExp(String.raw`^in use by sh \(pid ${holder.pid}\): deleting it frees nothing`, 'u'),
  );
  assert.match(archive.evidence[0], /^gzip archive, owned by nobody, last written/u);
  assert.equal(archive.remedy.command, `ls -la ${tree}/srv/backup.bin`);
  assert.equal(unknown.remedy.command, `file ${tree}/srv/unknown.bin`);
  // Of unknown meaning: nothing that deletes, empties or copies over.
  for (const { remedies } of findings)
    for (const { action } of remedies) assert.ok(action.kind === 'look' || action.kind === 'owner-command');
  assert.match(unknown.evidence[0], /last written \d+ years ago/u);
  assert.match(
    linked.evidence[1],
    /^it has 2 names: deleting this one frees nothing, deleting all gives 4\.0 MiB back$/u,
  );
  assert.equal(linked.remedy.command, `find ${disk.path} -xdev -samefile ${linked.paths[0]}`);
});

test('a mounted image is in use, although no process holds it', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4', { megabytes: 128 });
  const image = `${disk.path}/image`;
  writeFileSync(image, Buffer.alloc(16 * MIB));
  execFileSync('mkfs.ext4', ['-q', '-F', '-E', 'nodiscard', image], { stdio: 'ignore' });
  mkdirSync(`${disk.path}/inner`);
  using _inner = mount(`${disk.path}/inner`, '-o', 'loop', image);
  const [finding, ...more] = await findingsOf('big-file', disk.path);
  assert.deepEqual(more, []);
  assert.match(finding.evidence[0], /^disk image with ext2, ext3 or ext4 on it, owned by root/u);
  assert.match(finding.evidence[1], /^the kernel uses it as a disk \(loop\d+\)/u);
  assert.deepEqual([finding.freeableBytes, finding.risk, finding.remedy.command], [0, 'never', undefined]);
});

test(
  'files of one form are one finding, whatever directories they lie in',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    await buildTree(
      `${disk.path}/jobs`,
      Object.fromEntries(
        Array.from({ length: 6 }, (_, build) => [
          String(build),
          directory({ archive: directory({ [`app-${build}.blob`]: file(2 * MIB) }) }),
        ]),
      ),
    );
    const [finding, ...more] = await findingsOf('big-file', disk.path);
    assert.deepEqual(more, []);
    assert.deepEqual([finding.count, finding.title, finding.paths.length], [6, '6 large files alike', 6]);
    assert.match(finding.evidence[0], /\/jobs\/\*\/archive\/app-\*\.blob: content of an unknown kind/u);
  },
);

test('small files are none, however many', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  await buildTree(`${disk.path}/tree`, noBigFiles);
  assert.deepEqual(await findingsOf('big-file', disk.path), []);
});

test(
  'data that is called a log is no log to empty, and files of one form are one',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    mkdirSync(`${disk.path}/orders`);
    for (const day of ['01', '02', '03', '04'])
      writeFileSync(
        `${disk.path}/orders/orders-2026-01-${day}.log`,
        Array.from(
          { length: 60_000 },
          (_, i) => `2026-01-${day}T03:04:05,ORD${i * 7919},${i}.50,EUR,c${i}\n`,
        ).join(''),
      );
    const [orders, ...more] = await findingsOf('big-file', disk.path);
    assert.deepEqual([orders.title, orders.risk, more], ['4 large files of records alike', 'review', []]);
    for (const rule of ['runaway-log', 'rotated-logs-kept'] as const)
      assert.deepEqual(await findingsOf(rule, disk.path), []);
    assert.match(orders.evidence[0], /orders-\*\.log: lines of data, no log, owned by root/u);
    assert.deepEqual(
      orders.remedies.map(({ action }) => action.kind),
      ['look'],
    );
  },
);

test(
  'what is large in a part of a disk is told, though the disk holds much more',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4', { megabytes: 400 });
    execFileSync('fallocate', ['--length', `${300 * MIB}`, `${disk.path}/ballast`]);
    mkdirSync(`${disk.path}/part`);
    writeFileSync(`${disk.path}/part/image.bin`, Buffer.alloc(2 * MIB, 'x'));
    const [found, ...more] = await findingsOf('big-file', `${disk.path}/part`);
    assert.deepEqual([found.paths, more], [[`${disk.path}/part/image.bin`], []]);
    assert.deepEqual(await findingsOf('big-file', disk.path), []);
  },
);

test(
  'a raw disk is told by the virtual machine that runs from it',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    using folder = tempFolder();
    const image = `${disk.path}/web.raw`;
    writeFileSync(image, Buffer.alloc(4 * MIB, 'x'));
    const program = `${folder.path}/qemu-system-x86_64`;
    copyFileSync('/bin/bash', program);
    const script = 'exec 5<>"$2"; echo ready; read line';
    const machine = spawn(program, ['-c', script, '-name', 'guest=web01,debug-threads=on', image], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      await once(machine.stdout, 'data');
      const [found, ...more] = await findingsOf('big-file', disk.path);
      assert.deepEqual([found.title, found.risk, more], ['large disk image (raw)', 'never', []]);
      assert.match(found.evidence.join('; '), /a disk of the virtual machine web01, in use by/u);
    } finally {
      machine.kill();
      await once(machine, 'close');
    }
  },
);

test('what an NFS client has deleted and still has open', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  await buildTree(`${disk.path}/tree`, { '.nfs0000000001a2b3c400000121': file(6 * MIB) });
  const [finding] = await findingsOf('big-file', disk.path);
  assert.match(finding.evidence[1], /^an NFS client deleted it while a program there had it open/u);
  assert.match(finding.remedy.command ?? '', /^file /u);
});
