/** Help, version and completion: text on stdout, exit 0; and the shim that refuses a Node that is too old. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { program, runDiskwhy } from '../support/diskwhy.ts';

test('--version prints the version of package.json', async () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  for (const args of [['--version'], ['-V'], ['--json', '--version']]) {
    const result = await runDiskwhy(args);
    assert.deepEqual(result, { code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
  }
});

test('--help names every option and the exit codes, within the width', async () => {
  for (const args of [['--help'], ['-h'], ['/var', '--help']]) {
    const { code, stdout, stderr } = await runDiskwhy(args, { env: { COLUMNS: '80' } });
    assert.deepEqual([code, stderr], [0, '']);
    assert.ok(stdout.split('\n').every((line) => line.length <= 80));
    for (const name of [
      '--json',
      '--top',
      '--depth',
      '--min-size',
      '--exclude',
      '--cross-mounts',
      '--apparent',
      '--bytes',
      '--color',
      '--threads',
      '--source',
      '--quiet',
      'Exit codes',
    ]) {
      assert.ok(stdout.includes(name), name);
    }
  }
});

test('the shim refuses a Node that is too old in one line, before it loads anything', () => {
  // As an old Node sees it: no syntax and nothing loaded before the check that it would not know.
  const lines = readFileSync(program, 'utf8').split('\n');
  const check = lines.findIndex((line) => line.includes('process.versions.node'));
  const load = lines.findIndex((line) => line.includes('require('));
  assert.ok(check >= 0 && load > check);
  assert.doesNotMatch(lines.slice(1, check).join('\n'), /^import|\b(?:const|let)\b|=>/mu);
});
