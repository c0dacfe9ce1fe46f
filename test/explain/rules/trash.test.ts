/** What was thrown away is one finding, with how long it lies there. */
import assert from 'node:assert/strict';
import { lchownSync } from 'node:fs';
import { test } from 'node:test';
import { noTrash, trashes } from '../../../fixtures/rules/trash.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';

test('the trash of a home and of a mount', { skip: needsMount }, async () => {
  using disk = await ruleDisk(trashes);
  const home = disk.path;
  const [finding, ...more] = await findingsOf('trash', home, { home });
  assert.deepEqual(more, []);
  assert.deepEqual(finding.paths, [`${home}/.local/share/Trash`, `${home}/.Trash-1000`]);
  assert.equal(Math.round(finding.claimedBytes / MIB), 5);
  assert.equal(finding.freeableBytes, finding.claimedBytes);
  assert.match(finding.evidence[0], /3\.0 MiB in .*Trash: 2 things thrown away, the first \d+ years ago/u);
  assert.equal(
    finding.remedy.command,
    ['files', 'info']
      .map((name) => `${home}/.local/share/Trash/${name}`)
      .reduce((a, b) => `${a} ${b}`, 'rm -rf --') + ` ${home}/.Trash-1000/files ${home}/.Trash-1000/info`,
  );
  const [own] = await findingsOf('trash', home, { home, uid: 1000 });
  // They are root's here, and nobody is told to empty another one's.
  assert.deepEqual(own.remedies, []);
  lchownSync(`${home}/.Trash-1000`, 1000, 1000);
  const [theirs] = await findingsOf('trash', home, { home, uid: 1000 });
  assert.equal(theirs.remedy.command, `rm -rf -- ${home}/.Trash-1000/files ${home}/.Trash-1000/info`);
});

test('names that only sound like it are no trash', { skip: needsMount }, async () => {
  using disk = await ruleDisk(noTrash);
  assert.deepEqual(await findingsOf('trash', disk.path, { home: disk.path }), []);
});
