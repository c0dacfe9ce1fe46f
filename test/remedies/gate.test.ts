/** The gate, on real files, processes, mounts and stores: what it lets pass, and what nothing gets past it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { suite, test } from 'node:test';
import { catalogueMatcher } from '../../src/catalogue/catalogue.ts';
import type { Action, Deed, GateReason, Risk } from '../../src/model/action.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { createWorld, settle } from '../../src/remedies/remedies.ts';
import type { World } from '../../src/remedies/remedies.ts';
import { readMounts } from '../../src/system/mounts/mounts.ts';
import { scanOpenFiles } from '../../src/system/processes/open-files.ts';
import { startHolder, startProgram } from '../support/holder.ts';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import { needsLinux, needsLoopDisk, needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LOG = 'Jan  1 00:00:00 host app[1]: started\n'.repeat(40);

/** The machine as it is now. */
function worldNow(): World {
  const matcher = catalogueMatcher({ platform: 'linux', homes: [], environment: {} });
  return createWorld({
    isRoot: true,
    openFiles: scanOpenFiles,
    mounts: readMounts(),
    matcher,
    programs: ['/usr/bin', '/bin'] as ByteString[],
  });
}

const withRisk = (deed: Deed, risk: Risk): Action => ({
  ...deed,
  frees: { bytes: 1, certainty: 'exact' },
  loses: 'content',
  risk,
});

/** What the gate says now: undefined where it lets the action pass. */
function refusal(deed: Deed, paths: readonly string[] = []): GateReason | undefined {
  const subject = { paths: paths.map(fromText), risk: 'review' } as const;
  const { remedies, refusals } = settle([withRisk(deed, 'review')], subject, worldNow());
  assert.equal(remedies.length + refusals.length, 1);
  return refusals[0]?.reason;
}

const empty = (path: string): Deed => ({ kind: 'empty-file', paths: [fromText(path)], meaning: 'log' });
const removeFile = (path: string): Deed => ({
  kind: 'delete-files',
  paths: [fromText(path)],
  meaning: 'rotated-log',
});
const removeDirectory = (path: string): Deed => ({
  kind: 'delete-directories',
  paths: [fromText(path)],
  meaning: 'cache',
});

suite('the gate', { skip: needsLinux }, () => {
  test('no command of Docker for a data root that its daemon does not use', () => {
    const places = ['/mnt/new/docker', '/srv/docker'].map(fromText);
    const deed: Deed = {
      kind: 'owner-command',
      owner: 'docker',
      argv: ['docker', 'volume', 'rm', 'shop'].map(fromText),
      actsOn: 'running',
      hasBlanks: false,
    };
    const reason = (path: string, used: readonly ByteString[]): GateReason | undefined => {
      const subject = { paths: [fromText(path)], risk: 'never' } as const;
      const world = { ...worldNow(), placesOf: () => used };
      return settle([withRisk(deed, 'review')], subject, world).refusals[0]?.reason;
    };
    assert.equal(reason('/srv/docker.old/volumes/shop', places), 'another-store');
    assert.equal(reason('/srv/docker/volumes/shop', places), undefined);
    assert.equal(reason('/srv/docker.old/volumes/shop', []), undefined);
  });

  test('no command of a running program for a copy of its data', async () => {
    using folder = tempFolder();
    for (const name of ['copy', 'live', 'held']) writeFileSync(`${folder.path}/${name}`, '');
    using _holder = await startHolder('exec 5<"$1"', [`${folder.path}/held`]);
    const reason = (name: string, ...argv: string[]): GateReason | undefined => {
      const deed: Deed = {
        kind: 'owner-command',
        owner: 'mysql',
        argv: argv.map(fromText),
        actsOn: 'running',
        hasBlanks: true,
      };
      const world = { ...worldNow(), placesOf: () => [fromText(`${folder.path}/live`)] };
      const subject = { paths: [fromText(`${folder.path}/${name}`)], risk: 'never' } as const;
      return settle([withRisk(deed, 'review')], subject, world).refusals[0]?.reason;
    };
    const drop = ['mysql', '-e', 'DROP TABLE …'];
    assert.equal(reason('copy', ...drop), 'another-store');
    assert.equal(reason('live', ...drop), undefined);
    // Its program runs from it, whatever is configured.
    assert.equal(reason('held', ...drop), undefined);
    assert.equal(reason('copy', 'docker', 'exec', 'db', ...drop), undefined);
  });

  test('an action is never less risky than what it is about; a look stays a look', () => {
    using folder = tempFolder();
    const risks = ['safe', 'review', 'never'] as const;
    const own: Deed = {
      kind: 'owner-command',
      owner: 'npm',
      argv: [fromText('npm')],
      actsOn: 'path',
      hasBlanks: false,
    };
    const look: Deed = { kind: 'look', argv: [fromText('ls')] };
    const gated = (deed: Deed, risk: Risk, place: Risk): Risk | undefined =>
      settle([withRisk(deed, risk)], { paths: [], risk: place }, worldNow()).remedies[0]?.action.risk;
    for (const place of risks)
      for (const risk of risks) {
        const riskier = risks[Math.max(risks.indexOf(place), risks.indexOf(risk))];
        assert.equal(gated(removeDirectory(folder.path), risk, place), riskier);
        assert.equal(gated(look, risk, place), risk);
        // What is never to be touched by hand may go by its owner's command.
        const owners = place === 'never' && risk !== 'never' ? 'review' : riskier;
        assert.equal(gated(own, risk, place), owners);
      }
  });

  test('a log of text lines may be emptied, held open or not', async () => {
    using folder = tempFolder();
    const log = `${folder.path}/app.log`;
    writeFileSync(log, LOG);
    assert.equal(refusal(empty(log)), undefined);
    using _holder = await startHolder('exec 5>>"$1"', [log]);
    assert.equal(refusal(empty(log)), undefined);
    assert.equal(refusal(removeFile(log)), 'held');
  });

  test('what is called a log and is none may not', () => {
    using folder = tempFolder();
    const kafka = `${folder.path}/00000000000000000000.log`;
    writeFileSync(kafka, LOG);
    assert.equal(refusal(empty(kafka)), 'not-a-log');
    const redo = `${folder.path}/app.log`;
    writeFileSync(redo, Buffer.alloc(8192, 1));
    assert.equal(refusal(empty(redo)), 'not-a-log');
    const beside = `${folder.path}/kafka`;
    mkdirSync(beside);
    writeFileSync(`${beside}/meta.properties`, 'broker.id=1\n');
    writeFileSync(`${beside}/orders.log`, LOG);
    assert.equal(refusal(empty(`${beside}/orders.log`)), 'store');
  });

  test('evidence is no log to be emptied or thrown away: audit trails, accounting, call records', () => {
    using folder = tempFolder();
    for (const name of [
      'audit/requests.log',
      'radacct/10.0.0.1/detail-20261120',
      'cdr-csv/Master.csv',
      'vault_audit.log',
    ]) {
      const path = `${folder.path}/${name}`;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, LOG);
      assert.equal(refusal(empty(path)), 'audit-trail', name);
    }
  });

  test('a link is never followed, nor is what has gone or changed its kind', () => {
    using folder = tempFolder();
    writeFileSync(`${folder.path}/target.log`, LOG);
    symlinkSync('target.log', `${folder.path}/link.log`);
    mkdirSync(`${folder.path}/directory`);
    assert.equal(refusal(empty(`${folder.path}/link.log`)), 'no-regular-file');
    assert.equal(refusal(removeFile(`${folder.path}/directory`)), 'no-regular-file');
    assert.equal(refusal(removeDirectory(`${folder.path}/target.log`)), 'no-regular-file');
    assert.equal(refusal(removeFile(`${folder.path}/gone`)), 'gone');
  });

  test('a directory goes only where nobody holds, maps, runs from or works in anything of it', async () => {
    using folder = tempFolder();
    const cache = `${folder.path}/cache`;
    mkdirSync(`${cache}/deep`, { recursive: true });
    writeFileSync(`${cache}/deep/file`, 'x');
    assert.equal(refusal(removeDirectory(cache)), undefined);
    {
      using _holder = await startHolder('exec 5<"$1"', [`${cache}/deep/file`]);
      assert.equal(refusal(removeDirectory(cache)), 'held');
    }
    {
      using _worker = await startHolder(':', [], { cwd: `${cache}/deep` });
      assert.equal(refusal(removeDirectory(cache)), 'runs-from-it');
    }
    copyFileSync('/bin/cat', `${cache}/program`);
    execFileSync('chmod', ['+x', `${cache}/program`]);
    using _program = await startProgram(`${cache}/program`);
    assert.equal(refusal(removeDirectory(cache)), 'runs-from-it');
  });

  test('places of the system and of packages never go', () => {
    for (const path of ['/', '/var', '/home', '/var/log'])
      assert.equal(refusal(removeDirectory(path)), 'system-place');
    assert.equal(refusal(removeFile('/usr/bin/env')), refusal(removeFile('/usr/bin/env')));
    assert.ok(refusal(removeFile('/usr/bin/env')) !== undefined);
    assert.equal(refusal({ kind: 'delete-files', paths: [], meaning: 'cache' }), 'unknown-meaning');
    assert.equal(refusal(removeFile('relative/name')), 'unknown-meaning');
  });

  test('a store is known by what lies in it, however it is called, above and below the path', () => {
    using folder = tempFolder();
    const data = `${folder.path}/renamed`;
    mkdirSync(`${data}/base/16384`, { recursive: true });
    writeFileSync(`${data}/PG_VERSION`, '15\n');
    writeFileSync(`${data}/base/16384/16385`, 'x');
    writeFileSync(`${data}/server.log`, LOG);
    assert.equal(refusal(removeFile(`${data}/base/16384/16385`)), 'store');
    assert.equal(refusal(removeDirectory(`${data}/base`)), 'store');
    assert.equal(refusal(removeDirectory(data)), 'store');
    assert.equal(refusal(removeDirectory(folder.path)), 'store');
    // Its own log of text is none of its data, but what lies deeper is, whatever it is called.
    assert.equal(refusal(empty(`${data}/server.log`)), undefined);
    writeFileSync(`${data}/base/16384/server.log`, LOG);
    assert.equal(refusal(empty(`${data}/base/16384/server.log`)), 'store');
  });

  test('what a run has set aside never goes by hand, nor what it lies in', () => {
    using folder = tempFolder();
    const place = `${folder.path}/cache/deep`;
    const aside = `${place}/.diskwhy-quarantine-20261128T000000Z-1`;
    mkdirSync(`${aside}/unit`, { recursive: true });
    writeFileSync(`${aside}/unit/app.log.1`, LOG);
    for (const path of [`${folder.path}/cache`, place, aside, `${aside}/unit`])
      assert.equal(refusal(removeDirectory(path)), 'set-aside');
    assert.equal(refusal(removeFile(`${aside}/unit/app.log.1`)), 'set-aside');
    assert.equal(refusal(empty(`${aside}/unit/app.log.1`)), 'set-aside');
  });

  test('a mount, or a directory with one in it, never goes', { skip: needsMount }, () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/cache/inside`, { recursive: true });
    using _mounted = mountTmpfs(`${folder.path}/cache/inside`);
    assert.equal(refusal(removeDirectory(`${folder.path}/cache`)), 'mounted');
    assert.equal(refusal(removeDirectory(`${folder.path}/cache/inside`)), 'mounted');
  });

  test('an image that the kernel uses as a disk never goes', { skip: needsLoopDisk('ext4') }, () => {
    using disk = loopDisk('ext4');
    const image = `${disk.path}/../image`;
    assert.equal(
      refusal(removeFile(execFileSync('realpath', [image], { encoding: 'utf8' }).trim())),
      'kernel-uses-it',
    );
  });

  test('read-only filesystems are said to be', { skip: needsMount }, () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/ro`);
    using _mounted = mountTmpfs(`${folder.path}/ro`);
    writeFileSync(`${folder.path}/ro/old.log`, LOG);
    mkdirSync(`${folder.path}/ro/cache`);
    execFileSync('mount', ['-o', 'remount,ro', `${folder.path}/ro`]);
    assert.equal(refusal(removeFile(`${folder.path}/ro/old.log`)), 'read-only');
    assert.equal(refusal(removeDirectory(`${folder.path}/ro/cache`)), 'read-only');
    assert.equal(refusal(empty(`${folder.path}/ro/old.log`)), 'read-only');
  });

  test('commands for the running system are not for files of another one', () => {
    using folder = tempFolder();
    for (const name of ['etc', 'usr', 'var/cache/apt/archives'])
      mkdirSync(`${folder.path}/${name}`, { recursive: true });
    for (const name of ['passwd', 'os-release']) writeFileSync(`${folder.path}/etc/${name}`, '');
    const archives = `${folder.path}/var/cache/apt/archives`;
    const clean = (actsOn: 'running' | 'path'): Deed => ({
      kind: 'owner-command',
      owner: 'apt-archives',
      argv: ['apt-get', 'clean'] as ByteString[],
      actsOn,
      hasBlanks: false,
    });
    // apt-get needs nothing of a running system: it is run inside the other one.
    assert.equal(refusal(clean('running'), [archives]), undefined);
    const docker: Deed = {
      ...clean('running'),
      owner: 'docker-layers',
      argv: ['docker', 'system', 'prune'] as ByteString[],
    } as Deed;
    assert.equal(refusal(docker, [`${folder.path}/var/lib/docker`]), 'foreign-root');
    assert.equal(refusal(clean('path'), [archives]), undefined);
    assert.equal(refusal(clean('running'), ['/var/cache/apt/archives']), undefined);
    assert.equal(
      refusal({ kind: 'vacuum-journal', directory: undefined, keepBytes: 2 ** 20, rotate: false }, [
        `${folder.path}/var/log/journal`,
      ]),
      'foreign-root',
    );
  });

  test('of files without a name only logs are emptied: no last copy, no part of a store, nothing unknown', async () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/kafka`);
    writeFileSync(`${folder.path}/kafka/meta.properties`, 'broker.id=1\n');
    const files = {
      'disk.qcow2': 'QFI\u00FB',
      'data.bin': 'SQLite format 3\0',
      'worker.out': LOG,
      'spool.bin': '\0\u0001'.repeat(100),
      'kafka/old.log': LOG,
      '000123.log': LOG,
    };
    for (const [name, text] of Object.entries(files))
      writeFileSync(`${folder.path}/${name}`, Buffer.from(text, 'latin1'));
    const names = Object.keys(files).map((name) => `${folder.path}/${name}`);
    using holder = await startHolder('exec 3<>"$1" 4<>"$2" 5<>"$3" 6<>"$4" 7<>"$5" 8<>"$6"', names);
    for (const name of names) unlinkSync(name);
    const emptying = (descriptor: number): Deed => ({
      kind: 'empty-descriptor',
      descriptors: [{ pid: holder.pid, descriptor, id: '0:0' as never, diskBytes: 0 }],
    });
    assert.deepEqual(
      [3, 4, 5, 6, 7, 8].map((fd) => refusal(emptying(fd))),
      ['last-copy', 'last-copy', undefined, 'not-a-log', 'store', 'not-a-log'],
    );
  });

  test('another name of the file does not open the gate', async () => {
    using folder = tempFolder();
    writeFileSync(`${folder.path}/one.log`, LOG);
    linkSync(`${folder.path}/one.log`, `${folder.path}/two.log`);
    using _holder = await startHolder('exec 5<"$1"', [`${folder.path}/one.log`]);
    assert.equal(refusal(removeFile(`${folder.path}/two.log`)), 'held');
    rmSync(`${folder.path}/one.log`);
    assert.equal(refusal(removeFile(`${folder.path}/two.log`)), 'held');
  });
});
