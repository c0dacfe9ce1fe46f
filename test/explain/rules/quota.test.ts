/** Quotas as the kernel counts them: who is at the limit, and nobody who is not. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsTool, NOBODY, unless } from '../../support/requirements.ts';
import { MIB } from '../../support/rule-disk.ts';

const skip = unless(needsLoopDisk('ext4'), needsTool('setquota', 'repquota'), needsQuotas());

test('a user at the limit of bytes, another at that of files', { skip }, async () => {
  const format = ['-O', 'quota', '-E', 'quotatype=usrquota:grpquota'];
  using disk = loopDisk('ext4', { format, options: 'loop,usrquota' });
  writeFileSync(`${disk.path}/data`, Buffer.alloc(5 * MIB, 1));
  chownSync(`${disk.path}/data`, NOBODY.uid, NOBODY.gid);
  for (let index = 0; index < 10; index++) {
    writeFileSync(`${disk.path}/file-${index}`, '');
    chownSync(`${disk.path}/file-${index}`, 4242, 0);
  }
  assert.deepEqual(await findingsOf('quota', disk.path), []);
  const limit = (user: number, blocks: number, inodes: number): void => {
    execFileSync('setquota', ['-u', String(user), '0', String(blocks), '0', String(inodes), disk.path]);
  };
  limit(NOBODY.uid, 5 * 1024, 0);
  limit(4242, 0, 10);
  limit(4343, 1024, 0);
  execFileSync('sync');
  const [finding, ...more] = await findingsOf('quota', disk.path);
  assert.deepEqual(more, []);
  assert.equal(finding.urgent, true);
  assert.deepEqual(
    finding.owners.map(({ kind, id, of, used, limit: most }) => [kind, id, of, used, most]),
    [
      ['user', 4242, 'inodes', 10, 10],
      ['user', NOBODY.uid, 'bytes', 5 * MIB, 5 * MIB],
    ],
  );
  // The oracle: what repquota prints.
  const report = execFileSync('repquota', ['-un', disk.path], { encoding: 'utf8' });
  assert.match(report, /#65534\s+--?\S*\s+5120\s+0\s+5120/u);
  assert.match(
    finding.evidence[0],
    /user 4242 uses 10 of 10 files \(100 %\); user nobody uses 5\.0 MiB of 5\.0 MiB/u,
  );
  assert.equal(finding.remedy.command, 'quota -s -u 4242');
});

/** A kernel built without the quota format of ext4 refuses the mount. */
function needsQuotas(): string | false {
  if (needsLoopDisk('ext4')) return 'needs loop devices';
  try {
    loopDisk('ext4', { format: ['-O', 'quota'] })[Symbol.dispose]();
    return false;
  } catch {
    return 'needs a kernel with the quota format of ext4 (QFMT_V2)';
  }
}
