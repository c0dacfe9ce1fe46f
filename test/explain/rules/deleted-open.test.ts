/** Deleted and held: who holds it, how to get it back, and never a truncation under a running program. */
import assert from 'node:assert/strict';
import { copyFileSync, appendFileSync, mkdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { nearMisses, toBeDeleted } from '../../../fixtures/rules/deleted-open.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { startHolder, startProgram } from '../../support/holder.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { buildTree } from '../../support/tree.ts';

const MIB = 2 ** 20;
const RULE = 'deleted-open';

suite(RULE, { skip: needsLoopDisk('ext4') }, () => {
  test('the command of the remedy gives the bytes back', async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, toBeDeleted);
    const path = `${disk.path}/tree/log`;
    using holder = await startHolder('exec 5<"$1" 6<"$1"', [path]);
    unlinkSync(path);
    const [finding, ...others] = await findingsOf(RULE, disk.path);
    assert.equal(others.length, 0);
    assert.deepEqual(finding.paths, [path]);
    assert.equal(finding.freeableBytes, 10 * MIB);
    assert.match(
      finding.evidence[0],
      new RegExp(`1 file without a name, held by sh \\(pid ${holder.pid}\\)`, 'u'),
    );
    assert.match(finding.evidence[1], /fd 5, 6; RES .* SHR .* VIRT /u);
    assert.equal(finding.remedy.command, `truncate -s 0 /proc/${holder.pid}/fd/5`);
    execFileSync('sh', ['-c', finding.remedy.command]);
    assert.equal(statSync(`/proc/${holder.pid}/fd/5`).blocks, 0);
    assert.deepEqual(await findingsOf(RULE, disk.path), []);
  });

  test('what a program runs from is not to be truncated', async () => {
    using disk = loopDisk('ext4');
    const path = `${disk.path}/program`;
    copyFileSync('/bin/cat', path);
    appendFileSync(path, Buffer.alloc(5 * MIB, 'x'));
    using holder = await startProgram(path);
    unlinkSync(path);
    const [finding] = await findingsOf(RULE, disk.path);
    assert.equal(finding.remedy.command, undefined);
    assert.match(finding.remedy.text, new RegExp(`restart program \\(pid ${holder.pid}\\)`, 'u'));
  });

  test('what may be the last copy is saved, never emptied; scratch of a database is left to it', async () => {
    using disk = loopDisk('ext4');
    const files = {
      'mail01.qcow2': `QFI\u00FB${'x'.repeat(3 * MIB)}`,
      '#sql_1a2838_1.MAD': 'x'.repeat(3 * MIB),
      // SQLite's temporary databases begin like those that are kept.
      etilqs_5f3a9c1d2b4e6f70: `SQLite format 3\0${'x'.repeat(3 * MIB)}`,
    };
    for (const [name, text] of Object.entries(files))
      writeFileSync(`${disk.path}/${name}`, Buffer.from(text, 'latin1'));
    const paths = Object.keys(files).map((name) => `${disk.path}/${name}`);
    // Linux shows a file that was opened without a name (O_TMPFILE) like this.
    const nameless = `${disk.path}/#8259`;
    writeFileSync(nameless, Buffer.alloc(3 * MIB, 'x'));
    using temporary = await startHolder('printf mariadbd >/proc/$$/comm; exec 5<>"$1"', [nameless]);
    using image = await startHolder('exec 5<>"$1"', paths.slice(0, 1));
    using scratch = await startHolder('exec 5<>"$1"', paths.slice(1, 2));
    using sqlite = await startHolder('exec 5<>"$1"', paths.slice(2));
    for (const path of [...paths, nameless]) unlinkSync(path);
    const findings = await findingsOf(RULE, disk.path);
    const of = (pid: number) => findings.find(({ holders }) => holders[0].process.pid === pid)!;
    assert.deepEqual(
      [image, scratch, sqlite, temporary].map(({ pid }) => of(pid).content),
      ['last-copy', 'scratch', 'scratch', 'scratch'],
    );
    assert.deepEqual([of(image.pid).risk, of(image.pid).freeableBytes], ['never', 0]);
    assert.equal(
      of(image.pid).remedy.command,
      `cp --sparse=always /proc/${image.pid}/fd/5 /OTHER/DISK/mail01.qcow2`,
    );
    assert.match(of(image.pid).remedy.text, /do not stop/u);
    assert.equal(of(scratch.pid).remedy.command, undefined);
    assert.match(of(scratch.pid).remedy.text, /never empty it/u);
  });

  test('what is no log is not emptied under its program, nor what was a part of a store', async () => {
    using disk = loopDisk('ext4');
    const names = ['spool.bin', 'index/translog-3.log'].map((name) => `${disk.path}/${name}`);
    mkdirSync(`${disk.path}/index`);
    for (const name of ['node.lock', 'indices']) writeFileSync(`${disk.path}/index/${name}`, '');
    writeFileSync(names[0], Buffer.alloc(3 * MIB, '\u0001'));
    writeFileSync(names[1], '2026-11-26T10:00:00Z INFO start\n'.repeat(100_000));
    using spool = await startHolder('exec 5<>"$1"', names.slice(0, 1));
    using index = await startHolder('exec 5<>"$1"', names.slice(1));
    for (const name of names) unlinkSync(name);
    const findings = await findingsOf(RULE, disk.path);
    for (const { pid } of [spool, index]) {
      const one = findings.find(({ holders }) => holders[0].process.pid === pid)!;
      assert.equal(one.remedy.command, undefined);
      assert.match(one.remedy.text, /^restart sh .* by its own means/u);
    }
    assert.deepEqual(
      findings.flatMap(({ refusals }) => refusals.map(({ reason }) => reason)),
      ['store'],
    );
  });

  test('what somebody measured, or traded, is no log though each line has a time', async () => {
    using disk = loopDisk('ext4');
    const lines = {
      'readings.log': '2026-11-02 08:00:01 21.48 1013.2 44\n',
      'trades.log': '2026-11-02 08:00:01 BUY 100 ACME 41.20\n',
    };
    for (const [name, line] of Object.entries(lines)) {
      const path = `${disk.path}/${name}`;
      writeFileSync(
        path,
        Array.from({ length: 60_000 }, (_, i) => line.replace('08', `${10 + (i % 14)}`)).join(''),
      );
      using _holder = await startHolder('exec 5<"$1"', [path]);
      unlinkSync(path);
      const [finding] = await findingsOf(RULE, disk.path);
      assert.deepEqual([name, finding.remedy.command], [name, undefined]);
    }
  });

  test('held but not deleted, deleted but not held, small: nothing to say', async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, nearMisses);
    using holder = await startHolder('exec 5<"$1" 6<"$2"', [
      `${disk.path}/tree/kept`,
      `${disk.path}/tree/small`,
    ]);
    assert.ok(holder.pid > 0);
    for (const name of ['gone', 'small']) unlinkSync(`${disk.path}/tree/${name}`);
    assert.deepEqual(await findingsOf(RULE, disk.path), []);
  });
});
