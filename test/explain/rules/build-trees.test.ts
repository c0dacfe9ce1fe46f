/** Build trees are grouped by kind, with how long each project was left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noProjects, projects } from '../../../fixtures/rules/build-trees.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';

test('what projects built, the largest first, and which of them are idle', { skip: needsMount }, async () => {
  using disk = await ruleDisk(projects);
  const [modules, environment, ...more] = await findingsOf('build-trees', disk.path);
  assert.deepEqual(more, []);
  assert.equal(modules.title, '2 node_modules');
  assert.deepEqual(modules.paths, [`${disk.path}/forgotten/node_modules`, `${disk.path}/fresh/node_modules`]);
  assert.equal(Math.round(modules.claimedBytes / MIB), 10);
  assert.match(
    modules.evidence[0],
    /6\.0 MiB in .*forgotten\/node_modules, whose project last changed \d+ years ago/u,
  );
  assert.match(modules.remedy.text, /^6\.0 MiB in 1 project that nobody changed for 30 days/u);
  assert.equal(modules.remedy.command, `rm -rf -- ${disk.path}/forgotten/node_modules`);
  assert.equal(modules.risk, 'review');
  assert.equal(environment.title, '.venv');
  assert.equal(environment.remedy.command, undefined);
  assert.match(environment.remedy.text, /every project changed within 30 days/u);
});

test(
  'installed programs, other directories of the name and what has no project are none',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk(noProjects);
    assert.deepEqual(await findingsOf('build-trees', disk.path), []);
  },
);
