/** What a run has moved aside is no unit of a later one either where the place itself is named, whatever it is called. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { judged } from '../support/judged.ts';
import { mountBind } from '../support/mounted.ts';
import { needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

test('a quarantine that is named as root keeps what is in it', { skip: needsMount }, async () => {
  using folder = tempFolder();
  const quarantine = `${folder.path}/.diskwhy-quarantine-run`;
  await buildTree(quarantine, { unit: directory({ unit: directory({ unit: file(10) }) }) });
  symlinkSync(quarantine, `${folder.path}/way`);
  mkdirSync(`${folder.path}/view`);
  using _ = mountBind(`${quarantine}/unit`, `${folder.path}/view`);
  const inside = [quarantine, `${folder.path}/way`, `${quarantine}/unit`, `${folder.path}/view`];
  for (const root of [...inside, `${folder.path}/view/unit`]) {
    const { unit } = await judged(root);
    assert.equal(unit('unit').why.code, 'quarantine', root);
  }
});
