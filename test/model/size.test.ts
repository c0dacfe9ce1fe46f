/** Sizes as a person writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseSize } from '../../src/model/size.ts';

test('units', () => {
  const cases: readonly (readonly [text: string, bytes: number])[] = [
    ['0', 0],
    ['512', 512],
    ['512B', 512],
    ['1K', 1024],
    ['1k', 1024],
    ['1KiB', 1024],
    ['1KB', 1000],
    ['10M', 10 * 2 ** 20],
    ['10MB', 10_000_000],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['1.5 GiB', 1.5 * 2 ** 30],
    [' 2T ', 2 * 2 ** 40],
    ['3P', 3 * 2 ** 50],
    ['0.3K', 307],
  ];
  for (const [text, bytes] of cases) assert.equal(parseSize(text), bytes, text);
});

test('what is no size', () => {
  for (const text of [
    '',
    ' ',
    'M',
    '-1',
    '+1',
    '1,5G',
    '.5',
    '5.',
    '1e3',
    '0x10',
    '10Q',
    '10 M B',
    'Infinity',
    'NaN',
    '1K1',
    '10E',
    '9007199254740993',
  ]) {
    assert.equal(parseSize(text), undefined, text);
  }
});

test('any whole number with any unit', () => {
  fc.assert(
    fc.property(
      fc.nat(2000),
      fc.constantFrom('', 'K', 'M', 'G', 'T'),
      fc.constantFrom('', 'iB', 'B'),
      (number, unit, suffix) => {
        const text = number + unit + (unit === '' ? '' : suffix);
        const base = unit !== '' && suffix === 'B' ? 1000 : 1024;
        assert.equal(parseSize(text), number * base ** ' KMGT'.indexOf(unit || ' '));
        assert.equal(parseSize(text.toLowerCase()), parseSize(text));
      },
    ),
  );
});
