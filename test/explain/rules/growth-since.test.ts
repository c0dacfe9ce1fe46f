/** The report says what changed since the last snapshot that is kept, and where. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainJson, runDiskwhy } from '../../support/diskwhy.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { needsMount } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

interface GrowthFinding {
  readonly rule: string;
  readonly evidence: readonly string[];
  readonly facts: {
    readonly since?: {
      readonly deltaBytes: number;
      readonly places: readonly { readonly path: string; readonly deltaBytes: number }[];
    };
  };
}

const MIB = 2 ** 20;

test('what grew since a snapshot was kept, and what became less', { skip: needsMount }, async () => {
  using folder = tempFolder();
  const [disk, state] = [`${folder.path}/disk`, `${folder.path}/state`];
  mkdirSync(disk);
  using _disk = mountTmpfs(disk, 'size=64m,mode=755');
  mkdirSync(`${disk}/tree/a/b/c`, { recursive: true });
  mkdirSync(`${disk}/tree/d`);
  writeFileSync(`${disk}/tree/d/old`, Buffer.alloc(4 * MIB, 1));
  const env = { XDG_STATE_HOME: state };
  const growth = async (...options: string[]): Promise<GrowthFinding | undefined> => {
    const { json } = await explainJson([`${disk}/tree`, ...options], { env });
    return (json.findings as GrowthFinding[]).find(({ rule }) => rule === 'recent-growth');
  };
  assert.equal((await growth())?.facts.since, undefined);
  assert.equal((await runDiskwhy(['snapshot', `${disk}/tree`, '--keep'], { env })).code, 0);
  writeFileSync(`${disk}/tree/a/b/c/new`, Buffer.alloc(8 * MIB, 1));
  writeFileSync(`${disk}/tree/d/some`, Buffer.alloc(MIB, 1));
  const grown = await growth();
  assert.deepEqual(grown?.facts.since?.deltaBytes, 9 * MIB);
  assert.deepEqual(grown.facts.since.places, [{ path: `${disk}/tree/a/b/c`, deltaBytes: 8 * MIB }]);
  assert.match(grown.evidence.join('\n'), /since the snapshot of .* UTC: 9\.0 MiB more, 8\.0 MiB of it in /u);
  // What is left out was not left out then.
  assert.equal((await growth('--exclude', 'new'))?.facts.since, undefined);
  rmSync(`${disk}/tree/d/old`);
  rmSync(`${disk}/tree/a/b/c/new`);
  assert.match((await growth())!.evidence.join('\n'), /UTC: 3\.0 MiB less/u);
});
