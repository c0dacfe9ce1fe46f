/** Terminals that draw ASCII only: nothing else is printed, nothing moves, and JSON stays what it is. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isAsciiByEnvironment } from '../../../src/cli/terminal/characters.ts';
import type { ByteString } from '../../../src/model/byte-string.ts';
import { asciiText } from '../../../src/render/terminal/ascii.ts';
import { displayName } from '../../../src/render/terminal/escape.ts';
import { textWidth } from '../../../src/render/terminal/text-width.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { nameArbitrary } from '../../support/tree-arbitrary.ts';

const ASCII = /^[\n -~]*$/u;

test('every name keeps its columns', () => {
  fc.assert(
    fc.property(nameArbitrary, (name) => {
      const shown = displayName(name as ByteString);
      assert.match(asciiText(shown), ASCII);
      assert.equal(asciiText(shown).length, textWidth(shown));
    }),
  );
});

test('the locale decides, where it names an encoding', () => {
  for (const [environment, isAscii] of [
    [{}, false],
    [{ LANG: '' }, false],
    [{ LANG: 'C' }, true],
    [{ LANG: 'de_DE.UTF-8' }, false],
    [{ LANG: 'de_DE.utf8' }, false],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, true],
    [{ LANG: 'de_DE.UTF-8', LC_CTYPE: 'POSIX' }, true],
    [{ LANG: 'C', LC_ALL: 'C.UTF-8' }, false],
    [{ LANG: 'de_DE.ISO-8859-1' }, true],
  ] as const)
    assert.equal(isAsciiByEnvironment(environment), isAscii, JSON.stringify(environment));
});

test('all text is ASCII, with --ascii and with LC_ALL=C; JSON has its names', async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/größe`);
  writeFileSync(`${folder.path}/größe/日本.bin`, Buffer.alloc(2 ** 21));
  for (const args of [[folder.path], ['tmp', folder.path, '--older', '0'], ['--help']]) {
    const { stdout } = await runDiskwhy([...args, '--ascii']);
    assert.match(stdout, ASCII, args.join(' '));
    const inC = await runDiskwhy(args, { env: { LC_ALL: 'C' } });
    assert.match(inC.stdout, ASCII, args.join(' '));
  }
  const { stdout } = await runDiskwhy([folder.path, '--json', '--ascii']);
  assert.match(stdout, /größe\/日本\.bin/u);
});
