/** Homes are found whoever their users are, and wherever their disk is. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { householdBelow } from '../../../src/explain/places/household.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { deadMount, needsFuse } from '../../support/dead-mount.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { needsMount } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a home on a disk of its own, of a user in no passwd', { skip: needsMount }, () => {
  using folder = tempFolder();
  for (const name of ['ann', 'ben']) mkdirSync(`${folder.path}/home/${name}`, { recursive: true });
  using _mounted = mountTmpfs(`${folder.path}/home/ann`);
  const { homes } = householdBelow(fromText(folder.path), []);
  assert.deepEqual(homes.toSorted(), ['/home/ann', '/home/ben']);
});

test('a mount that does not answer is not asked', { skip: needsFuse() }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/home/ann`, { recursive: true });
  await using _mount = await deadMount(`${folder.path}/home/dead`);
  assert.deepEqual(householdBelow(fromText(folder.path), []).homes, ['/home/ann']);
});
