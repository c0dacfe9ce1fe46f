/** Sizes, counts, shares, ages and times as a person reads them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  formatAge,
  formatCount,
  formatSeconds,
  formatShare,
  formatSize,
} from '../../src/render/terminal/size.ts';

test('sizes in IEC units', () => {
  const cases: readonly (readonly [bytes: number, text: string])[] = [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [2 ** 20, '1.0 MiB'],
    [2 ** 30 - 1, '1.0 GiB'],
    [87_412_310_016, '81.4 GiB'],
    [5 * 2 ** 40, '5.0 TiB'],
    [3 * 2 ** 50, '3.0 PiB'],
  ];
  for (const [bytes, text] of cases) assert.equal(formatSize(bytes, { exact: false }), text);
});

test('a size is right to the digit it shows, and never longer than ten characters', () => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2 ** 52, noNaN: true }).map(Math.floor), (bytes) => {
      const text = formatSize(bytes, { exact: false });
      const [number, unit] = text.split(' ');
      const scale = 1024 ** units.indexOf(unit);
      assert.ok(Math.abs(Number(number) * scale - bytes) <= 0.0501 * scale, `${bytes}: ${text}`);
      assert.ok(Number(number) < 1024 && text.length <= 10, text);
    }),
  );
});

test('exact sizes and counts have every digit', () => {
  assert.equal(formatSize(87_412_310_016, { exact: true }), '87,412,310,016 B');
  fc.assert(
    fc.property(fc.maxSafeNat(), (count) => {
      assert.equal(formatCount(count), count.toLocaleString('en-US'));
    }),
  );
});

test('shares', () => {
  const cases = [
    [0, 0, '–'],
    [0, 100, '0 %'],
    [1, 100_000, '<0.1 %'],
    [4, 1000, '0.4 %'],
    [64, 100, '64 %'],
    [100, 100, '100 %'],
  ] as const;
  for (const [part, whole, text] of cases) assert.equal(formatShare(part, whole), text);
});

test('ages', () => {
  const cases: readonly (readonly [seconds: number, text: string])[] = [
    [-1000, 'future'],
    [-30, 'now'],
    [59, 'now'],
    [60, '1 min'],
    [3599, '59 min'],
    [3600, '1 h'],
    [86_400, '1 d'],
    [29 * 86_400, '29 d'],
    [31 * 86_400, '1 mo'],
    [364 * 86_400, '12 mo'],
    [800 * 86_400, '2 y'],
    [Infinity, '–'],
    [Number.NaN, '–'],
  ];
  for (const [seconds, text] of cases) assert.equal(formatAge(seconds), text);
});

test('seconds', () => {
  const cases: readonly (readonly [seconds: number, text: string])[] = [
    [0.412, '0.41 s'],
    [12.34, '12.3 s'],
    [200, '3 min 20 s'],
    [59.99, '60.0 s'],
    [119.7, '2 min 0 s'],
  ];
  for (const [seconds, text] of cases) assert.equal(formatSeconds(seconds), text, String(seconds));
});
