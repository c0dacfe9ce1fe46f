/** Colours by the environment, in the order in which its words count. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorsByEnvironment } from '../../../src/cli/terminal/colors.ts';
import { hasColours } from '../../support/colours.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('what each says, on a terminal and in a pipe', () => {
  for (const [environment, onTerminal, inPipe] of [
    [{}, true, false],
    [{ TERM: 'dumb' }, false, false],
    [{ NO_COLOR: '1' }, false, false],
    [{ NO_COLOR: '' }, true, false],
    [{ FORCE_COLOR: '1' }, true, true],
    [{ FORCE_COLOR: 'true' }, true, true],
    [{ FORCE_COLOR: '0' }, false, false],
    [{ FORCE_COLOR: 'false' }, false, false],
    [{ FORCE_COLOR: '' }, true, false],
    [{ CLICOLOR: '0' }, false, false],
    [{ CLICOLOR: '1' }, true, false],
    [{ CLICOLOR_FORCE: '1' }, true, true],
    [{ CLICOLOR_FORCE: '0' }, true, false],
    [{ CLICOLOR_FORCE: '1', CLICOLOR: '0' }, true, true],
    [{ CLICOLOR_FORCE: '1', TERM: 'dumb' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1', CLICOLOR_FORCE: '1' }, false, false],
    [{ FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, false, false],
  ] as const) {
    const text = JSON.stringify(environment);
    assert.equal(colorsByEnvironment(environment, true), onTerminal, text);
    assert.equal(colorsByEnvironment(environment, false), inPipe, text);
  }
});

test('--color wins over all, and JSON has none', async () => {
  using folder = tempFolder();
  for (const [args, env, wanted] of [
    [['--color=always'], { NO_COLOR: '1' }, true],
    [['--color', 'always'], {}, true],
    [['--color'], { TERM: 'dumb' }, true],
    [['--color=never'], { FORCE_COLOR: '1' }, false],
    [['--no-color'], { CLICOLOR_FORCE: '1' }, false],
    [['--color=auto'], {}, false],
    [['--color=auto'], { FORCE_COLOR: '1' }, true],
    [['--json'], { FORCE_COLOR: '1' }, false],
  ] as const) {
    const { stdout, stderr, code } = await runDiskwhy([folder.path, ...args], { env });
    assert.deepEqual([code, stderr, hasColours(stdout)], [0, '', wanted], JSON.stringify([args, env]));
  }
});
