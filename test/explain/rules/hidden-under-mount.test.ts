/** Hidden under a mount: what was written before, found with its names; an empty mount point is nothing to tell. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { emptyMountPoint, writtenBefore } from '../../../fixtures/rules/hidden-under-mount.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk, mountTmpfs } from '../../support/mounted.ts';
import { needsLoopDisk } from '../../support/requirements.ts';
import { buildTree } from '../../support/tree.ts';

const MIB = 2 ** 20;
const RULE = 'hidden-under-mount';

suite(RULE, { skip: needsLoopDisk('ext4') }, () => {
  test('files below a mount point, with what covers them', async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, writtenBefore);
    using _ = mountTmpfs(`${disk.path}/tree/lib/data`);
    writeFileSync(`${disk.path}/tree/lib/data/after`, Buffer.alloc(MIB, 'x'));
    const [finding, ...others] = await findingsOf(RULE, disk.path);
    assert.equal(others.length, 0);
    assert.deepEqual(finding.paths, [`${disk.path}/tree/lib/data`, `${disk.path}/tree/lib/data/before`]);
    assert.equal(Math.floor(finding.diskBytes / MIB), 10);
    assert.match(
      finding.evidence[0],
      /2 entries lie in .*\/lib\/data, written before tmpfs \(tmpfs\) was mounted/u,
    );
    assert.equal(finding.freeableBytes, 0);
    // What the remedy shows: in a mount namespace of its own, so that nothing stays mounted.
    const shown = execFileSync('unshare', ['--mount', 'sh', '-c', finding.remedy.command!], {
      encoding: 'utf8',
    });
    assert.match(shown, new RegExp(String.raw`\s${10 * MIB} .* before$`, 'mu'));
    assert.doesNotMatch(shown, /after/u);
    assert.doesNotMatch(finding.remedy.command!, / \/mnt/u);
    assert.equal(statSync(`${disk.path}/tree/lib/data/after`).size, MIB);
  });

  test('mounts over empty directories, and over each other', async () => {
    using disk = loopDisk('ext4');
    await buildTree(`${disk.path}/tree`, emptyMountPoint);
    using first = mountTmpfs(`${disk.path}/tree/lib/data`);
    writeFileSync(`${first.path}/covered`, Buffer.alloc(5 * MIB, 'x'));
    using second = mountTmpfs(`${disk.path}/tree/lib/data`);
    assert.ok(second.path);
    assert.deepEqual(await findingsOf(RULE, disk.path), []);
  });
});
