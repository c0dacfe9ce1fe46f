/** `--output`: the bytes that standard output would get, whole or not at all, and never onto a disk without room. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { openOutputFile } from '../../../src/cli/terminal/output-file.ts';
import { openTerminal } from '../../../src/cli/terminal/terminal.ts';
import { fromText } from '../../../src/model/byte-string.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { loopDisk } from '../../support/mounted.ts';
import type { Mounted } from '../../support/mounted.ts';
import { needsLinux, needsLoopDisk, needsRoot, needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MIB = 2 ** 20;

test('the file gets what standard output would get', async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/tree`);
  writeFileSync(`${folder.path}/tree/file`, 'x'.repeat(5000));
  const goal = `${folder.path}/out`;
  // This machine's disk and processes change meanwhile.
  const same = (text: string): string =>
    text.replaceAll(/[█▏▎▍▌▋▊▉]|"detail":.*$/gmu, '').replaceAll(/\d+/gu, '0');
  for (const args of [
    [`${folder.path}/tree`],
    [`${folder.path}/tree`, '--ndjson'],
    ['log', `${folder.path}/tree/file`],
    ['tmp', `${folder.path}/tree`, '--json'],
    ['help', 'sizes'],
    ['completion', 'bash'],
    ['config'],
    ['--help'],
    ['--version'],
  ]) {
    const plain = await runDiskwhy(args);
    const { code, stdout, stderr } = await runDiskwhy([...args, '--output', goal]);
    assert.deepEqual([code, stdout, stderr], [plain.code, '', plain.stderr], args.join(' '));
    assert.equal(same(readFileSync(goal, 'utf8')), same(plain.stdout), args.join(' '));
    assert.deepEqual(readdirSync(folder.path).toSorted(), ['out', 'tree']);
  }
});

test('a record goes where it is wanted, metrics too; what draws on a terminal says what writes a file', async () => {
  using folder = tempFolder();
  const goal = `${folder.path}/out`;
  const place = ['--host', 'here', folder.path];
  const { code, stdout } = await runDiskwhy(['record', '--ndjson', '--output', goal, ...place]);
  assert.deepEqual([code, stdout], [0, '']);
  const [line] = readFileSync(goal, 'utf8').split('\n');
  assert.equal((JSON.parse(line) as { host: string }).host, 'here');
  for (const [args, message] of [
    [['record', ...place], /say where to: .*--output FILE/u],
    [['record', '--to', folder.path, '-o', goal, ...place], /--to or --output, not both/u],
    [['metrics', '--listen', ':0', '-o', goal], /--output stands in place of --textfile and --listen/u],
    [['browse', '-o', goal], /^diskwhy: diskwhy browse has no --output: .*diskwhy snapshot PATH -o FILE/u],
  ] as const) {
    const refused = await runDiskwhy(args);
    assert.deepEqual([refused.code, refused.stdout], [2, '']);
    assert.match(refused.stderr, message);
  }
});

test('a run that was interrupted before it printed anything leaves the file as it was', () => {
  using folder = tempFolder();
  const goal = `${folder.path}/out`;
  writeFileSync(goal, 'before');
  using output = openOutputFile(fromText(goal), process.geteuid!(), true, openTerminal());
  output.finish(false);
  assert.equal(readFileSync(goal, 'utf8'), 'before');
  output.finish(true);
  assert.equal(readFileSync(goal, 'utf8'), '');
});

test('it is written where a link leads, and is no entry of the tree it is about', async () => {
  using folder = tempFolder();
  for (const name of ['tree', 'kept']) mkdirSync(`${folder.path}/${name}`);
  writeFileSync(`${folder.path}/kept/report.json`, 'before');
  symlinkSync('../kept/report.json', `${folder.path}/tree/report.json`);
  const { code } = await runDiskwhy([
    `${folder.path}/tree`,
    '--json',
    '-o',
    `${folder.path}/tree/report.json`,
  ]);
  assert.equal(code, 0);
  const report = JSON.parse(readFileSync(`${folder.path}/kept/report.json`, 'utf8')) as {
    roots: { totals: { entries: number } }[];
  };
  assert.equal(report.roots[0].totals.entries, 2);
});

test('what cannot be written is said before anything is looked at', { skip: needsLinux }, async () => {
  using folder = tempFolder();
  for (const [goal, message] of [
    [`${folder.path}/none/out`, /none: no such file or directory/u],
    [folder.path, /is a directory; name a file/u],
  ] as const) {
    const { code, stdout, stderr } = await runDiskwhy(['/', '--output', goal]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, message);
  }
  const { code, stderr } = await runDiskwhy([folder.path, '--output', '/dev/full']);
  assert.equal(code, 3);
  assert.match(stderr, /^diskwhy: \/dev\/full: cannot be written: no space left on device\n$/u);
});

function fillUpTo(disk: Mounted, leftBytes: number): void {
  const { bavail, bsize } = statfsSync(disk.path);
  execFileSync('fallocate', ['-l', String(bavail * bsize - leftBytes), `${disk.path}/filler`]);
}

suite('a full disk', { skip: needsLoopDisk('ext4') }, () => {
  test('nothing is written to it, and what was there stays', async () => {
    using disk = loopDisk('ext4');
    writeFileSync(`${disk.path}/report`, 'before');
    fillUpTo(disk, MIB);
    const { code, stdout, stderr } = await runDiskwhy([disk.path, '--output', `${disk.path}/report`]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /report: not written: only 10\d\d\.\d KiB are free there.*--output \/dev\/shm\/report is memory\n$/u,
    );
    assert.equal(readFileSync(`${disk.path}/report`, 'utf8'), 'before');
  });

  test('one that is nearly full gets it, and it is said', async () => {
    using disk = loopDisk('ext4', { megabytes: 256 });
    fillUpTo(disk, 6 * MIB);
    const args = [disk.path, '--output', `${disk.path}/report`];
    const { code, stderr } = await runDiskwhy(args);
    assert.equal(code, 0);
    assert.match(stderr, /^diskwhy: \d\.\d KiB of it were written to a disk that is 9\d % full\n$/u);
    assert.equal((await runDiskwhy([...args, '--quiet'])).stderr, '');
  });
});

test('without /proc too', { skip: unless(needsRoot, needsTool('unshare')) }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/tree`);
  writeFileSync(`${folder.path}/goal`, '');
  symlinkSync('goal', `${folder.path}/link`);
  const script = 'umount -l /proc && exec "$@"';
  const without = { under: ['unshare', '-m', 'sh', '-c', script, 'sh'], cwd: '/' };
  for (const [line, name] of [
    [[`${folder.path}/tree`], 'report'],
    [[`${folder.path}/tree`], 'link'],
    [['snapshot', `${folder.path}/tree`], 'snapshot'],
  ] as const) {
    const { code, stderr } = await runDiskwhy([...line, '-o', `${folder.path}/${name}`], without);
    assert.equal(code, 0, stderr);
  }
  assert.deepEqual(readdirSync(folder.path).toSorted(), ['goal', 'link', 'report', 'snapshot', 'tree']);
});
