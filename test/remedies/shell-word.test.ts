/** Words for a shell: whatever bytes a name has, a real shell gives the program exactly these bytes. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { shellLine, shellWord } from '../../src/remedies/shell-word.ts';

/** Names that break careless quoting: quotes, spaces, newlines, substitutions, options, odd bytes. */
const nasty: readonly string[] = [
  'plain.log',
  '-rf',
  "it's",
  '"double"',
  'a b\tc',
  'line\nbreak',
  '$(touch /tmp/owned)',
  '`id`',
  '~root',
  '*',
  '',
  '\\',
  '$HOME',
  'ünïcode',
  '\u001B[31mred',
  '\u202Egnp.exe',
  '\u00FF\u00FE raw',
  '!history',
];

/** The words as bash reads them, NUL after each. */
function asBashReads(line: string): Buffer {
  return execFileSync('bash', ['-c', `printf '%s\\0' ${line}`]);
}

function bytesOf(words: readonly ByteString[]): Buffer {
  return Buffer.from(words.map((word) => `${word}\0`).join(''), 'latin1');
}

test('nasty names come through a shell as they are', () => {
  for (const name of nasty) {
    const word = name === '\u00FF\u00FE raw' ? (name as ByteString) : fromText(name);
    assert.deepEqual(asBashReads(shellWord(word)), bytesOf([word]), name);
  }
});

test('any bytes come through a shell as they are', () => {
  const byte = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCodePoint(code));
  const word = fc
    .oneof(
      fc.string({ unit: byte, maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }).map(fromText),
    )
    .map((text) => text.replaceAll('\0', '') as ByteString);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
      assert.deepEqual(asBashReads(shellLine(words)), bytesOf(words));
    }),
    { numRuns: 50 },
  );
});

test('nothing that moves a terminal or hides itself stands in a line', () => {
  for (const name of nasty) {
    const line = shellWord(fromText(name));
    // eslint-disable-next-line no-control-regex -- exactly these
    assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u, name);
  }
});

test('a line for dash, the shell of scripts, where the name is text', { skip: hasNo('dash') }, () => {
  for (const name of nasty.filter(
    (one) => !one.startsWith('\u00FF') && !shellWord(fromText(one)).startsWith('$'),
  ))
    assert.deepEqual(
      execFileSync('dash', ['-c', `printf '%s\\0' ${shellWord(fromText(name))}`]),
      bytesOf([fromText(name)]),
      name,
    );
});

function hasNo(shell: string): string | false {
  return spawnSync(shell, ['-c', ':']).status === 0 ? false : `needs ${shell}`;
}
