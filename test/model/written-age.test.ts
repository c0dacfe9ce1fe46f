/** Ages as people write them, and those that nobody can be sure of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { exactAgeText } from '../../src/model/age.ts';
import { isMonthOrMinute, parseAge } from '../../src/model/written-age.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

test('with a unit, in words, one after the other, and as ISO 8601 has them', () => {
  for (const [text, ms] of [
    ['0', 0],
    ['500ms', 500],
    ['20s', 20_000],
    ['90m', 90 * MINUTE],
    ['90 min', 90 * MINUTE],
    ['12h', DAY / 2],
    ['2d', 2 * DAY],
    ['2D', 2 * DAY],
    ['2days', 2 * DAY],
    ['2 days', 2 * DAY],
    [' 1w ', 7 * DAY],
    ['3mo', 90 * DAY],
    ['3MO', 90 * DAY],
    ['1y', 365 * DAY],
    ['1.5h', 90 * MINUTE],
    ['1d12h', 1.5 * DAY],
    ['1 day 12 hours', 1.5 * DAY],
    ['P2D', 2 * DAY],
    ['p2d', 2 * DAY],
    ['P1M', 30 * DAY],
    ['PT1M', MINUTE],
    ['P1Y2M3W4DT5H6M7S', (365 + 60 + 21 + 4) * DAY + 306 * MINUTE + 7000],
  ] as const)
    assert.equal(parseAge(text), ms, text);
});

test('what is no age, or could be two', () => {
  for (const text of [
    '',
    ' ',
    '5',
    '-1',
    '-1d',
    '+1d',
    '1e3',
    '1e3d',
    'd',
    'never',
    '2x',
    '2dd',
    '1,5h',
    '1d-2h',
    '0x1d',
    '1M',
    '1 M',
    '1.5M',
    'P',
    'PT',
    'P1',
    'P1H',
    'PT1D',
    'P1D2D',
    '1h1d',
    '2d1d',
    '99999999999999y',
    '1d and 2h',
  ])
    assert.equal(parseAge(text), undefined, text);
  assert.ok(
    isMonthOrMinute('1M') && isMonthOrMinute(' 12 M') && !isMonthOrMinute('1m') && !isMonthOrMinute('P1M'),
  );
});

test('what was asked for is repeated, never rounded', () => {
  for (const [text, words] of [
    ['90m', '90 minutes'],
    ['36h', '36 hours'],
    ['1d', '1 day'],
    ['1w', '7 days'],
    ['1y', '1 year'],
    ['2d1s', '172801 seconds'],
    ['0', '0 seconds'],
    ['1ms', '1 ms'],
  ] as const)
    assert.equal(exactAgeText(parseAge(text)!), words);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (ms) => {
      assert.equal(parseAge(exactAgeText(ms)), ms);
    }),
  );
});
