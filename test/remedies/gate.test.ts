/** The gate, on real files, processes, mounts and stores: what it lets pass, and what nothing gets past it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { catalogueMatcher } from '../../src/catalogue/catalogue.ts';
import type { Action, Deed, GateReason } from '../../src/model/action.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { createWorld, settle } from '../../src/remedies/remedies.ts';
import { readMounts } from '../../src/system/mounts/mounts.ts';
import { scanOpenFiles } from '../../src/system/processes/open-files.ts';
import { startHolder, startProgram } from '../support/holder.ts';
import { loopDisk, mountTmpfs } from '../support/mounted.ts';
import { needsLinux, needsLoopDisk, needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LOG = 'Jan  1 00:00:00 host app[1]: started\n'.repeat(40);

/** What the gate says now: undefined where it lets the action pass. */
function refusal(deed: Deed, paths: readonly string[] = []): GateReason | undefined {
  const matcher = catalogueMatcher({ platform: 'linux', homes: [], environment: {} });
  const world = createWorld({
    isRoot: true,
    openFiles: scanOpenFiles,
    mounts: readMounts(),
    matcher,
    programs: ['/usr/bin', '/bin'] as ByteString[],
  });
  const action: Action = {
    ...deed,
    frees: { bytes: 1, certainty: 'exact' },
    loses: 'content',
    risk: 'review',
  };
  const { remedies, refusals } = settle([action], paths.map(fromText), world);
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
    writeFileSync(`${data}/base/16384/server.log`, LOG);
    assert.equal(refusal(empty(`${data}/base/16384/server.log`)), 'store');
    // Where pg_ctl's -l is told to write, and a log like any other.
    assert.equal(refusal(empty(`${data}/server.log`)), undefined);
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

  test('what may be the last copy is never emptied, other files without a name may be', async () => {
    using folder = tempFolder();
    const files = { 'disk.qcow2': 'QFI\u00FB', 'data.bin': 'SQLite format 3\0', 'worker.out': LOG };
    for (const [name, text] of Object.entries(files))
      writeFileSync(`${folder.path}/${name}`, Buffer.from(text, 'latin1'));
    const names = Object.keys(files).map((name) => `${folder.path}/${name}`);
    using holder = await startHolder('exec 5<>"$1" 6<>"$2" 7<>"$3"', names);
    for (const name of names) unlinkSync(name);
    const emptying = (descriptor: number): Deed => ({
      kind: 'empty-descriptor',
      descriptors: [{ pid: holder.pid, descriptor, id: '0:0' as never, diskBytes: 0 }],
    });
    assert.deepEqual(
      [5, 6, 7].map((fd) => refusal(emptying(fd))),
      ['last-copy', 'last-copy', undefined],
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
