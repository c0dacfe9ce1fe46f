/** Files of no package below /usr: found and named, and nothing that belongs there. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { LISTED, nearMiss, positive } from '../../../fixtures/rules/unowned-files.ts';
import { explainJson } from '../../support/diskwhy.ts';
import { loopDisk } from '../../support/mounted.ts';
import { shell, withStateAndTree, writeDpkg } from '../../support/package-database.ts';
import { needsLoopDisk, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';
import type { TreeDescription } from '../../support/tree.ts';

/** Two directories of the Filesystem Hierarchy Standard that a server hardly uses. */
const PLACE = '/usr/games';
const LOCAL = '/usr/local/games';
const needsPlaces = existsSync(PLACE) && existsSync(LOCAL) ? false : `needs ${PLACE} and ${LOCAL}`;
const skip = unless(needsLoopDisk('ext4'), needsPlaces);

interface FindingJson {
  readonly rule: string;
  readonly diskBytes: number;
  readonly claimedBytes: number;
  readonly freeableBytes: number;
  readonly paths: readonly string[];
  readonly evidence: readonly string[];
  readonly remedy: { readonly text: string; readonly command: string | null };
  readonly risk: string;
}

async function findings(
  tree: TreeDescription,
  { place = PLACE, options = ['--owners'], system = shell() } = {},
): Promise<FindingJson[]> {
  using folder = tempFolder();
  // On a disk of its own that is small enough for a few MiB to be worth a finding.
  using disk = loopDisk('ext4');
  await buildTree(`${disk.path}/tree`, tree);
  const state = `${folder.path}/state`;
  writeDpkg(state, { base: [system], game: [place, ...LISTED.map((name) => `${place}/${name}`)] });
  const { json, code, stderr } = await explainJson([place, ...options], {
    under: withStateAndTree(state, `${disk.path}/tree`, place),
  });
  assert.deepEqual([code, stderr], [0, '']);
  return (json.findings as readonly FindingJson[]).filter(({ rule }) => rule === 'unowned-files');
}

test('a directory that no package knows, and a file among those of a package', { skip }, async () => {
  const [finding, ...more] = await findings(positive);
  assert.deepEqual(more, []);
  const { diskBytes, claimedBytes, freeableBytes, paths, evidence, remedy, risk } = finding;
  // The directory that no package knows counts with what it takes itself.
  assert.equal(Math.floor(diskBytes / 2 ** 20), 9);
  assert.deepEqual([claimedBytes, freeableBytes], [diskBytes, diskBytes]);
  assert.deepEqual(paths, [`${PLACE}/foreign`, `${PLACE}/data/dropped file`]);
  assert.match(evidence[0], /^2 files below \/usr in no list of dpkg/u);
  assert.match(
    evidence[1],
    /^5\.0 MiB in \/usr\/games\/foreign: 1 file, no package knows the directory; last written /u,
  );
  assert.match(evidence[2], /^4\.0 MiB in \/usr\/games\/data: 1 file among a package's own$/u);
  assert.equal(remedy.command, `dpkg -S ${PLACE}/foreign`);
  assert.equal(risk, 'review');
});

test('what belongs there is no finding', { skip }, async () => {
  assert.deepEqual(await findings(nearMiss), []);
});

test(
  'nor is what nobody asked about, what is the administrator’s own, or a stray package manager',
  { skip },
  async () => {
    assert.deepEqual(await findings(positive, { options: [] }), []);
    assert.deepEqual(await findings(positive, { place: LOCAL }), []);
    assert.deepEqual(await findings(positive, { system: '/usr/bin/nothing' }), []);
  },
);
