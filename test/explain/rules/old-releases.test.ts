/** Releases: the live one and what runs are never offered, the older ones are, and give back what they promise. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../../src/model/byte-string.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { bytesGivenBack, isKept } from '../../support/promise.ts';
import { needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import { directory, file } from '../../support/tree.ts';
import type { TreeDescription } from '../../support/tree.ts';

const release = directory({
  node_modules: directory({ 'vips.so': file(3 * MIB) }),
  'package.json': file(20),
});
const NAMES = ['20261001120000', '20261010120000', '20261101120000', '20261120120000', '20261121120000'];
const shop: TreeDescription = {
  shop: directory({
    releases: directory(Object.fromEntries(NAMES.map((name) => [name, release]))),
    shared: directory({ uploads: directory({ photo: file(MIB) }) }),
  }),
};

test('old releases go, the live one and two more stay', { skip: needsMount }, async () => {
  using disk = await ruleDisk(shop);
  const releases = `${disk.path}/shop/releases`;
  symlinkSync('releases/20261001120000', `${disk.path}/shop/current`);
  const [finding, ...more] = await findingsOf('old-releases', disk.path);
  assert.deepEqual(more, []);
  assert.equal(finding.live, '20261001120000');
  // Rolled back: the oldest is live, and the newest two are there to go forward to.
  assert.deepEqual(finding.old, ['20261010120000', '20261101120000']);
  assert.equal(finding.remedy.command, `rm -rf -- ${releases}/20261010120000 ${releases}/20261101120000`);
  assert.equal(finding.risk, 'review');
  assert.ok(isKept(finding.freeableBytes, bytesGivenBack(disk.path, finding.remedy.command)));
  const [rest] = await findingsOf('old-releases', disk.path);
  assert.deepEqual([rest.old, rest.remedies], [[], []]);
});

test(
  'a process in an old release keeps it, and without a link nobody knows which is live',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk(shop);
    assert.deepEqual(await findingsOf('old-releases', disk.path), []);
    symlinkSync('releases/20261121120000', `${disk.path}/shop/current`);
    using _worker = await startHolder('cd "$1"', [`${disk.path}/shop/releases/20261001120000`]);
    const [finding] = await findingsOf('old-releases', disk.path);
    assert.deepEqual(finding.inUse, ['20261001120000']);
    assert.equal(finding.old.includes(fromText('20261001120000')), false);
    assert.match(finding.remedy.command!, /^rm -rf -- \S+\/2026\d+/u);
    assert.doesNotMatch(finding.remedy.command!, /20261001120000|20261121120000/u);
  },
);

test(
  'what the live release would be rolled back to stays, whatever else is newer',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk(shop);
    symlinkSync('releases/20261101120000', `${disk.path}/shop/current`);
    const [finding] = await findingsOf('old-releases', disk.path);
    assert.deepEqual(finding.old, ['20261001120000', '20261120120000']);
  },
);

test('the link to the live one may lie beside the project', { skip: needsMount }, async () => {
  using disk = await ruleDisk(shop);
  mkdirSync(`${disk.path}/live`);
  symlinkSync('../shop/releases/20261101120000', `${disk.path}/live/site`);
  const [finding] = await findingsOf('old-releases', disk.path);
  assert.deepEqual([finding.link, finding.live], [`${disk.path}/live/site`, '20261101120000']);
});
