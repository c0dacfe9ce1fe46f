/** Files on a tmpfs take memory; the process that maps them shows them as shared. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { test } from 'node:test';
import { memoryFiles, noMemoryFiles } from '../../../fixtures/rules/tmpfs-is-memory.ts';
import { explainTree, findingsOf } from '../../support/explain-tree.ts';
import { startProgram } from '../../support/holder.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { buildTree } from '../../support/tree.ts';

test(
  'who maps it, how much memory there is, and that no disk gets anything',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk(memoryFiles);
    const program = `${disk.path}/shared/program`;
    copyFileSync('/bin/cat', program);
    using holder = await startProgram(program);
    const memory = await findingsOf('tmpfs-is-memory', disk.path);
    const { findings } = await explainTree(disk.path);
    assert.equal(memory.length, 1);
    const [{ title, claimedBytes, freeableBytes, evidence, remedy }] = memory;
    assert.equal(title, 'tmpfs takes memory');
    assert.equal(freeableBytes, 0);
    assert.equal(Math.floor(claimedBytes / MIB), 7);
    assert.match(
      evidence[0],
      /lie in memory \(or swap\), not on a disk; .*Shmem counts .*, MemAvailable is [\d.]+ GiB$/u,
    );
    assert.match(evidence[1], /^5\.0 MiB in .*segment$/u);
    assert.match(
      evidence[3],
      new RegExp(String.raw`program, mapped by program \(pid ${holder.pid}, SHR [\d.]+ \wiB\)`, 'u'),
    );
    assert.match(remedy.text, /frees memory, no disk space/u);
    // Nobody says of the same files that they fill a disk.
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'big-file'),
      [],
    );
  },
);

test('a disk is no memory', { skip: needsLoopDisk('ext4') }, async () => {
  using disk = loopDisk('ext4');
  await buildTree(`${disk.path}/tree`, memoryFiles);
  assert.deepEqual(await findingsOf('tmpfs-is-memory', disk.path), []);
});

test('a tmpfs with next to nothing on it', { skip: needsMount }, async () => {
  using disk = await ruleDisk(noMemoryFiles);
  assert.deepEqual(await findingsOf('tmpfs-is-memory', disk.path), []);
});
