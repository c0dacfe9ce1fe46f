/** A line that an ordinary user pastes works: it begins with sudo where the files are not theirs to change. */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { runDiskwhy } from '../support/diskwhy.ts';
import { readDocument } from '../support/document.ts';
import type { FindingJson } from '../support/other-root.ts';
import { needsLoopDisk, needsOtherUser, NOBODY, unless } from '../support/requirements.ts';
import { loopDisk } from '../support/mounted.ts';

const LINE = 'Nov 27 00:00:01 host worker[7]: bind 0.0.0.0:80: Address already in use\n';

suite('what only root may do', { skip: unless(needsOtherUser, needsLoopDisk('ext4')) }, () => {
  test('another user’s log is emptied by sudo, one’s own without', async () => {
    using disk = loopDisk('ext4');
    chmodSync(disk.path, 0o755);
    for (const name of ['theirs', 'own'])
      writeFileSync(`${disk.path}/${name}.log`, LINE.repeat(200_000), { mode: 0o644 });
    chownSync(`${disk.path}/own.log`, NOBODY.uid, NOBODY.gid);
    const { stdout } = await runDiskwhy([disk.path, '--json'], NOBODY);
    const { findings } = readDocument(stdout) as { readonly findings: readonly FindingJson[] };
    const commands = findings.flatMap(({ remedy }) => remedy.command ?? []).toSorted();
    assert.deepEqual(
      commands.filter((command) => command.includes('truncate')),
      [`sudo truncate -s 0 ${disk.path}/theirs.log`, `truncate -s 0 ${disk.path}/own.log`],
    );
  });
});
