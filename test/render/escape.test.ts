/** Names made safe to print: nothing a terminal obeys is left, and different names stay different. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ODD_NAMES } from '../../fixtures/trees/odd-names.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { displayName, escapeText } from '../../src/render/terminal/escape.ts';
import { UNSAFE } from '../support/colours.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

test('nothing unsafe is left of any bytes', () => {
  fc.assert(
    fc.property(nameArbitrary, (name) => {
      assert.doesNotMatch(displayName(name as ByteString), UNSAFE);
    }),
    { numRuns: 1000 },
  );
});

test('nothing unsafe is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(escapeText(text), UNSAFE);
    }),
    { numRuns: 1000 },
  );
});

test('harmless text stays as it is', () => {
  for (const text of [
    'plain',
    'with space',
    '日本語',
    'é',
    '👍',
    "quote's",
    String.raw`back\slash`,
    '*?[]{}',
  ]) {
    assert.equal(displayName(fromText(text)), text);
  }
});

test('what is written instead', () => {
  const shown: readonly (readonly [name: string, shown: string])[] = [
    [ODD_NAMES.newline, String.raw`two\nlines`],
    [ODD_NAMES.escape, String.raw`\e[2J\e[31mred`],
    [ODD_NAMES.title, String.raw`\e]0;title\x07`],
    [ODD_NAMES.carriageReturn, String.raw`overwritten\rby this`],
    ['tab\there', String.raw`tab\there`],
    [ODD_NAMES.c1, String.raw`\x9b31m`],
    [ODD_NAMES.notText, String.raw`caf\xe9\xff\xfe`],
    [ODD_NAMES.halfCharacter, String.raw`half\xe2\x82`],
    [ODD_NAMES.surrogate, String.raw`\xed\xa0\x80`],
    [ODD_NAMES.bidi, String.raw`invoice\u{202e}gpj.exe`],
    [ODD_NAMES.zeroWidth, String.raw`a\u{200b}b\u{feff}c`],
    [ODD_NAMES.separators, String.raw`a\u{2028}b\u{2029}c`],
    ['\u007F', String.raw`\x7f`],
    // A replacement character that is really there is text; beside bytes that are none it still is.
    [fromText('\uFFFD'), '\uFFFD'],
    [`${fromText('\uFFFD日')}\u00FF`, String.raw`${'\uFFFD日'}\xff`],
  ];
  for (const [name, expected] of shown) assert.equal(displayName(name as ByteString), expected);
});

test('names that differ in bytes no text has are shown differently', () => {
  assert.notEqual(displayName('one\u00FF' as ByteString), displayName('one\u00FE' as ByteString));
});
