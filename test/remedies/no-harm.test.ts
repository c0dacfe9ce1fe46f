/**
 * First, do no harm: in random worlds every command that is called safe, and every one of diskwhy's own that is for
 * review, is really run. No canary changes, and what was promised comes back. DISKWHY_WORLDS says how many worlds.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { loopDisk } from '../support/mounted.ts';
import { PLACES } from '../support/no-harm/world.ts';
import { needsLoopDisk, unless } from '../support/requirements.ts';
import { inSandbox, needsSandbox } from '../support/sandbox.ts';

const WORLDS = Number(process.env['DISKWHY_WORLDS'] ?? 20);
const FIRST = Number(process.env['DISKWHY_FIRST_WORLD'] ?? 1);

/** Puts the places on the world's disk; no network, no daemon's socket and no other disk can be reached from it. */
const script = `
  for place in ${PLACES.join(' ')}; do mount --bind /mnt/world/$place /$place || exit 99; done
  mount -t tmpfs none /run || exit 99
  # What a command keeps of itself is not what it gives back.
  export HOME=/root TMPDIR=/mnt/home npm_config_logs_max=0 NODE_DISABLE_COMPILE_CACHE=1
  exec unshare -n "$1" /mnt/checkout/test/support/no-harm/run-worlds.ts "$2" "$3"`;

test(`${WORLDS} worlds`, { skip: unless(needsSandbox, needsLoopDisk('ext4')) }, (context) => {
  using disk = loopDisk('ext4', { megabytes: 512 });
  for (const place of PLACES) mkdirSync(`${disk.path}/${place}`, { recursive: true });
  const node = process.execPath.replace(`${process.cwd()}/`, '/mnt/checkout/');
  const [command, ...words] = inSandbox(script, [node, String(FIRST), String(WORLDS)], disk.path);
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  assert.equal(status, 0, stderr);
  const found = JSON.parse(stdout) as { worlds: number; commands: number; trouble: string[]; byKind: object };
  context.diagnostic(`${found.commands} commands: ${JSON.stringify(found.byKind)}`);
  assert.deepEqual(found.trouble, []);
  assert.equal(found.worlds, WORLDS);
  // That nothing is harmed is easy where nothing is done.
  assert.ok(found.commands >= WORLDS, `${found.commands} commands: ${JSON.stringify(found.byKind)}`);
});
