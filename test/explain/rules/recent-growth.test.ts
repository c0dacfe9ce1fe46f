/** What was written lately, and where. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietTree, recentGrowthTree, spreadTree } from '../../../fixtures/rules/recent-growth.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { needsMount } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';

test(
  'the hour, the day and the week are told apart, with where the day went',
  { skip: needsMount },
  async () => {
    using folder = tempFolder();
    using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
    await buildTree(`${folder.path}/tree`, recentGrowthTree(nowSeconds()));
    const [finding, ...more] = await findingsOf('recent-growth', folder.path);
    assert.deepEqual(more, []);
    assert.deepEqual(
      finding.paths.map((path) => path.slice(folder.path.length)),
      ['/tree/srv/deep/er/growing.log', '/tree/srv/deep/er/earlier.log'],
    );
    assert.match(
      finding.evidence[0],
      /last hour hold 8\.0 MiB, in the last day 12\.0 MiB, in the last week 15\.0 MiB/u,
    );
    assert.equal(finding.claimedBytes, 0);
    assert.equal(finding.remedy.command, `diskwhy watch ${folder.path}/tree/srv/deep/er`);
  },
);

test('what is older than a day is no growth', { skip: needsMount }, async () => {
  using folder = tempFolder();
  using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
  await buildTree(`${folder.path}/tree`, quietTree(nowSeconds()));
  assert.deepEqual(await findingsOf('recent-growth', folder.path), []);
});

test('where no place holds most of it, the largest parts are named', { skip: needsMount }, async () => {
  using folder = tempFolder();
  using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
  await buildTree(`${folder.path}/tree`, spreadTree);
  const [finding] = await findingsOf('recent-growth', `${folder.path}/tree`);
  assert.match(
    finding.evidence[1],
    /^in the last day, spread widely: 1\.4 MiB in \S+\/tree\/d7, 1\.3 MiB in/u,
  );
  assert.equal(finding.paths.length, 3);
});
