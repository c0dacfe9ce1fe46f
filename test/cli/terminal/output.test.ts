/** Where standard output takes no more there is one line on stderr and a code that is not 0; nothing is half said. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { program } from '../../support/diskwhy.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { needsLinux, needsMount } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function run(args: readonly string[], stdoutPath: string): { code: number | null; stderr: string } {
  const stdout = openSync(stdoutPath, 'w');
  try {
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
      stdio: ['ignore', stdout, 'pipe'],
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
    });
    return { code: status, stderr };
  } finally {
    closeSync(stdout);
  }
}

const FULL = 'diskwhy: standard output: no space left on device\n';

suite('/dev/full', { skip: needsLinux }, () => {
  for (const args of [
    ['--help'],
    ['-h'],
    ['help', 'sizes'],
    ['completion', 'bash'],
    ['log', '/etc/passwd'],
    ['log', '/etc/passwd', '--json'],
    ['.', '--check', '--fail-if', 'used>1%'],
  ])
    test(args.join(' '), () => assert.deepEqual(run(args, '/dev/full'), { code: 3, stderr: FULL }));

  test('--version', () => assert.deepEqual(run(['--version'], '/dev/full').code, 3));

  test('reports', () => {
    using folder = tempFolder();
    for (const args of [
      [folder.path],
      [folder.path, '--json'],
      ['tmp', folder.path],
      ['watch', folder.path, '--for', '1s'],
      ['watch', folder.path, '--for', '1s', '--json'],
    ])
      assert.deepEqual(run(args, '/dev/full'), { code: 3, stderr: FULL }, args.join(' '));
  });

  test('nothing is deleted where it cannot be told', () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/root`);
    writeFileSync(`${folder.path}/root/file`, 'x');
    const args = ['tmp', `${folder.path}/root`, '--older', '0', '--min-size', '0', '--assume-unused'];
    const { code, stderr } = run([...args, '--delete', '--no-journal'], '/dev/full');
    assert.deepEqual([code, stderr, existsSync(`${folder.path}/root/file`)], [3, FULL, true]);
  });
});

test(
  'a disk that fills up on the way: what was written is there, and the rest is not silently missing',
  { skip: needsMount },
  () => {
    using folder = tempFolder();
    mkdirSync(`${folder.path}/small`);
    using disk = mountTmpfs(`${folder.path}/small`, 'size=4k');
    const result = run(['--help'], `${disk.path}/help`);
    const { length } = readFileSync(`${disk.path}/help`);
    // A page holds the help, or its first part.
    if (length < 4096) assert.deepEqual(result, { code: 0, stderr: '' });
    else assert.deepEqual(result, { code: 3, stderr: FULL });
    assert.deepEqual(run(['completion', 'bash'], `${disk.path}/script`), { code: 3, stderr: FULL });
  },
);
