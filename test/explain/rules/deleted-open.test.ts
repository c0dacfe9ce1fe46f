/** Deleted and held: who holds it, how to get it back, and never a truncation under a running program. */
import assert from 'node:assert/strict';
import { copyFileSync, appendFileSync, statSync, unlinkSync } from 'node:fs';
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
    assert.equal(finding.remedy.command, `: > /proc/${holder.pid}/fd/5`);
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
