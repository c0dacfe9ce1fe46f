/** Sizes as a person writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { exactSizeText, parseRate, parseSize } from '../../src/model/size.ts';

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

test('rates: for each second where nothing else is said', () => {
  for (const [text, bytesPerSecond] of [
    ['1M', 2 ** 20],
    ['1M/s', 2 ** 20],
    ['1 MiB / s', 2 ** 20],
    ['60K/min', 1024],
    ['1GiB/h', 2 ** 30 / 3600],
    ['1T/d', 2 ** 40 / 86_400],
  ] as const)
    assert.equal(parseRate(text), bytesPerSecond, text);
  for (const text of ['', '/s', '1M/', '1M/x', '1M/s/s', 'fast', '1M/mo'])
    assert.equal(parseRate(text), undefined, text);
});

test('what was asked for is repeated, never rounded', () => {
  for (const [text, words] of [
    ['0', '0 B'],
    ['500', '500 B'],
    ['1M', '1 MiB'],
    ['1.5GiB', '1.5 GiB'],
    ['10MB', '10 MB'],
    ['1234567', '1,234,567 B'],
  ] as const)
    assert.equal(exactSizeText(parseSize(text)!), words);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => {
      assert.equal(parseSize(exactSizeText(bytes).replaceAll(',', '')), bytes);
    }),
  );
});
