/** A directory that takes no more names: told by the kernel's own warning, and cured by the command that is printed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, unless } from '../../support/requirements.ts';

test(
  'ENOSPC with space to spare',
  { skip: unless(needsLoopDisk('ext4'), needsTool('tune2fs')) },
  async () => {
    using disk = loopDisk('ext4', { megabytes: 96, format: ['-b', '1024', '-N', '60000'] });
    const directory = `${disk.path}/cur`;
    mkdirSync(directory);
    assert.deepEqual(await findingsOf('directory-index-full', disk.path), []);
    const name = (index: number): string =>
      `${directory}/${String(index).padStart(8, '0')}${'x'.repeat(230)}`;
    let made = 0;
    assert.throws(
      () => {
        for (; made < 50_000; made++) closeSync(openSync(name(made), 'wx'));
      },
      { code: 'ENOSPC' },
    );
    const [finding, ...more] = await findingsOf('directory-index-full', disk.path);
    assert.deepEqual(more, []);
    assert.equal(finding.paths[0], directory);
    assert.equal(finding.urgent, true);
    assert.match(finding.remedy.command ?? '', /^tune2fs -O large_dir \/dev\/loop\d+$/u);
    execFileSync('sh', ['-c', finding.remedy.command!], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'remount', disk.path]);
    writeFileSync(name(made), '');
  },
);
