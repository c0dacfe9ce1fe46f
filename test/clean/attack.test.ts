/**
 * Under attack by processes that exchange directories, files and mounts while units are deleted, nothing outside the
 * plan is touched. DISKWHY_ATTACK_SECONDS makes it longer than a few seconds each.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { NOBODY, needsMount, needsOtherUser, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildUnit } from '../support/unit-under-attack.ts';

const SHORT = '2';
const seconds = process.env['DISKWHY_ATTACK_SECONDS'] ?? SHORT;
/** To start and end on a busy machine. */
const PATIENCE_MS = 90_000;
const USER = NOBODY.uid;
const OTHER = USER - 1;

/** Names as in the arena; the attackers can link to its files and write to none of its directories. */
function plant(place: string, owner: number): void {
  fs.mkdirSync(place);
  for (let i = 0; i < 8; i++) buildUnit(`${place}/u${i}`);
  buildUnit(`${place}/unit`);
  for (let i = 0; i < 8; i++) fs.writeFileSync(`${place}/f${i}`, 'canary');
  for (const entry of ['.', ...fs.readdirSync(place, { recursive: true, encoding: 'utf8' })]) {
    const path = `${place}/${entry}`;
    fs.chownSync(path, owner, owner);
    fs.chmodSync(path, fs.lstatSync(path).isDirectory() ? 0o755 : 0o666);
  }
}

/** Every name, and what is in the files. */
function content(place: string): string[] {
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`;
      return `${path}: ${entry.isFile() ? fs.readFileSync(path, 'latin1') : 'directory'}`;
    })
    .toSorted();
}

interface Sides {
  readonly cleaner: number;
  readonly attacker: number;
  readonly source: string;
  readonly roles: string;
}

/** One fight, in which no canary may change; what the cleaner did, counted. */
async function fight({ cleaner, attacker, source, roles }: Sides): Promise<string> {
  using folder = tempFolder();
  const arena = `${folder.path}/arena`;
  for (const path of [arena, `${arena}/units`, `${arena}/aside`, `${arena}/staging`]) fs.mkdirSync(path);
  fs.mkdirSync(`${folder.path}/elsewhere`);
  fs.chmodSync(`${arena}/aside`, 0o777);
  fs.chmodSync(`${arena}/staging`, 0o777);
  if (roles === 'builds,mounts')
    for (const path of [arena, `${arena}/units`]) fs.chownSync(path, attacker, attacker);
  else fs.chmodSync(`${arena}/units`, 0o1777);
  using elsewhere = mountTmpfs(`${folder.path}/elsewhere`);
  const canaries = [`${folder.path}/canary`, `${elsewhere.path}/canary`];
  for (const place of canaries) plant(place, cleaner);
  const before = canaries.map(content);
  const unitsId = fileIdOfStats(fs.lstatSync(`${arena}/units`, { bigint: true }));
  const { stdout } = await promisify(execFile)(
    'unshare',
    [
      '-m',
      process.execPath,
      `${import.meta.dirname}/../support/attack.ts`,
      arena,
      unitsId,
      seconds,
      String(attacker),
      String(cleaner),
      source,
      roles,
      ...canaries,
    ],
    { timeout: Number(seconds) * 1000 + PATIENCE_MS, killSignal: 'SIGKILL' },
  );
  assert.deepEqual(canaries.map(content), before, stdout);
  return stdout;
}

/** Attackers may keep everything from the cleaner for some seconds. */
const MOST_FIGHTS = 4;

for (const { what, ...sides } of [
  {
    what: 'root cleans, the owner of the directory attacks, mounts come and go',
    cleaner: 0,
    attacker: USER,
    source: 'auto',
    roles: 'builds,mounts',
  },
  {
    what: 'the same through /proc alone',
    cleaner: 0,
    attacker: USER,
    source: 'portable',
    roles: 'builds,mounts',
  },
  {
    what: 'root cleans a sticky directory, a user attacks',
    cleaner: 0,
    attacker: USER,
    source: 'auto',
    roles: 'builds',
  },
  {
    what: 'a user cleans, another attacks',
    cleaner: USER,
    attacker: OTHER,
    source: 'auto',
    roles: 'exchanges',
  },
]) {
  test(what, { skip: unless(needsMount, needsOtherUser) }, async () => {
    let stdout = '';
    let outcomes: Readonly<Record<string, number>> = {};
    // Read through /proc a unit takes so long that attackers nearly always change it first.
    const isDone = (): boolean =>
      outcomes['removed'] > 0 || (sides.source === 'portable' && outcomes['changed'] > 0);
    for (let fights = 0; fights < MOST_FIGHTS && !isDone(); fights++) {
      stdout = await fight(sides);
      outcomes = JSON.parse(stdout) as Readonly<Record<string, number>>;
    }
    assert.ok(isDone(), stdout);
    // It was a fight: a longer one always has units that the guard saved.
    assert.ok(seconds === SHORT || outcomes['changed'] > 0, stdout);
    assert.ok(outcomes['descriptors'] < 40, `descriptors stay open: ${stdout}`);
    if (process.env['DISKWHY_ATTACK_SECONDS'] !== undefined) process.stdout.write(`${what}: ${stdout}\n`);
  });
}
