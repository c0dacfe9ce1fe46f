/** Streams: a closed pipe ends quietly, progress is for terminals only, NO_COLOR and TERM=dumb are obeyed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, suite, test } from 'node:test';
import { shapes } from '../../../fixtures/trees/shapes.ts';
import { hasColours } from '../../support/colours.ts';
import { finished, program, runDiskwhy, startDiskwhy } from '../../support/diskwhy.ts';
import { onTerminal } from '../../support/pseudo-terminal.ts';
import { needsLinux, needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';

let folder: TempFolder;
let path: string;
before(async () => {
  folder = tempFolder();
  path = `${folder.path}/tree`;
  await buildTree(path, shapes({ levels: 5, smallDirectories: 3000, flatFiles: 2000, linked: 5 }));
});
after(() => folder[Symbol.dispose]());

suite('a pipe', () => {
  test('closed before the report is written: quiet', async () => {
    for (const args of [
      ['--json', '--depth', '9', '--top', '0'],
      ['--top', '0'],
    ]) {
      using child = startDiskwhy([path, ...args]);
      child.stdout.destroy();
      const [[code, signal], stderr] = await Promise.all([
        once(child, 'close'),
        child.stderr.toArray().then((chunks) => chunks.join('')),
      ]);
      assert.deepEqual([code, signal, stderr], [0, null, '']);
    }
  });

  test('closed by head: quiet, and head has its line', { skip: needsTool('sh', 'head') }, async () => {
    const child = spawn(
      'sh',
      [
        '-c',
        '("$0" "$@"; echo "code $?" >&2) | head -n 1',
        process.execPath,
        program,
        path,
        '--json',
        '--top',
        '0',
        '--depth',
        '9',
      ],
      { env: { PATH: process.env['PATH'] } },
    );
    const { stdout, stderr } = await finished(child);
    assert.deepEqual([stdout, stderr], ['{\n', 'code 0\n']);
  });

  test('a long report arrives whole', async () => {
    const { stdout, code } = await runDiskwhy([path, '--json', '--top', '0', '--depth', '9']);
    assert.equal(code, 0);
    assert.ok(stdout.length > 1_000_000);
    JSON.parse(stdout);
  });

  test('carries no progress', async () => {
    const { stderr } = await runDiskwhy([path, '--threads', '1', '--source', 'portable', ...SLOW]);
    assert.equal(stderr, '');
  });
});

/** Patterns that take their time and match nothing. */
const SLOW = Array.from({ length: 300 }, (_, index) => ['--exclude', `*a*b*c*d*${index}`]).flat();

/** Whether there are colours in what a terminal gets. */
async function has(args: readonly string[], env: Record<string, string>): Promise<boolean> {
  const { output } = await onTerminal([path, ...args], env).finished();
  return hasColours(output);
}

suite('a terminal', { skip: unless(needsLinux, needsTool('script')) }, () => {
  test('shows progress that is gone when the report comes', async () => {
    const { output } = await onTerminal([path, ...SLOW, '--no-color']).finished();
    const progress = output.indexOf('entries');
    const report = output.indexOf('LEDGER');
    assert.ok(progress >= 0 && progress < report);
    const lastErase = output.lastIndexOf('\r\u001B[K');
    assert.ok(lastErase > progress && lastErase < report);
    assert.ok(!output.slice(lastErase + 4).includes('\u001B'));
  });

  test('shows none with --quiet', async () => {
    const { output } = await onTerminal([path, ...SLOW, '--no-color', '--quiet']).finished();
    assert.ok(!output.includes('\u001B'));
    assert.ok(output.includes('LEDGER'));
  });

  test('has colours unless NO_COLOR or TERM=dumb say otherwise', async () => {
    assert.equal(await has([], {}), true);
    assert.equal(await has([], { NO_COLOR: '1' }), false);
    assert.equal(await has([], { NO_COLOR: '' }), true);
    assert.equal(await has([], { TERM: 'dumb' }), false);
    assert.equal(await has(['--no-color'], {}), false);
    assert.equal(await has(['--color'], { NO_COLOR: '1' }), true);
    assert.equal(await has(['--color', 'never'], { FORCE_COLOR: '1' }), false);
  });
});

test('a dumb terminal is only printed on', { skip: unless(needsLinux, needsTool('script')) }, async () => {
  const dumb = { TERM: 'dumb' };
  const [watched, browsed, slow] = [
    await onTerminal(['watch', path, '--for', '100ms'], dumb).finished(),
    await onTerminal(['browse', path], dumb).finished(),
    await onTerminal([path, ...SLOW], dumb).finished(),
  ];
  assert.match(watched.output, /ready: [^]*SUMMARY/u);
  assert.match(browsed.output, /browse needs a terminal to draw on/u);
  for (const { output } of [watched, browsed, slow]) assert.ok(!output.includes('\u001B'), output);
});
