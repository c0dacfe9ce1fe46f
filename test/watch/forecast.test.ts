/** When a filesystem will be full: exact on a line, steady under noise, silent where it is not filling. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { forecast } from '../../src/watch/forecast/forecast.ts';
import type { Forecast } from '../../src/watch/forecast/forecast.ts';
import { FreeHistory } from '../../src/watch/forecast/free-history.ts';

const MIB = 2 ** 20;

/** The forecast after `seconds` of one sample a second. */
function after(seconds: number, free: (second: number) => number): Forecast {
  const history = new FreeHistory();
  for (let second = 0; second <= seconds; second++) history.add({ at: 1000 + second, free: free(second) });
  return forecast(history);
}

const nearly = (actual: number, expected: number, part = 0.01): void =>
  assert.ok(Math.abs(actual - expected) <= part * expected, `${actual} is not ${expected}`);

suite('forecast', () => {
  test('a line is followed to its end', () => {
    const { rate, left } = after(30, (second) => 100 * MIB - second * MIB);
    nearly(rate, MIB);
    nearly(left!.soonest, 70);
    nearly(left!.latest, 70);
  });

  test('too little to see says nothing', () => {
    assert.deepEqual(forecast(new FreeHistory()), { rate: 0, left: undefined });
    assert.equal(after(1, (second) => 100 - second).left, undefined);
  });

  test('full is now', () => {
    assert.deepEqual(after(20, (second) => Math.max(0, 5 - second)).left, { soonest: 0, latest: 0 });
  });

  test('a logrotate every two minutes that frees what was written is not filling', () => {
    assert.equal(after(800, (second) => 1000 * MIB - (second % 120) * MIB).left, undefined);
  });

  test('what stays after each rotation counts', () => {
    // Of 120 MiB per round 12 stay.
    const { left } = after(
      800,
      (second) => 1000 * MIB - (second % 120) * MIB - Math.floor(second / 120) * 12 * MIB,
    );
    const free = 1000 - 80 - 6 * 12;
    nearly(left!.soonest, free, 0.05);
    nearly(left!.latest, free * 10, 0.15);
  });

  test('a rotation that should have come and did not is not waited for', () => {
    const { left } = after(850, (second) => 1000 * MIB - (second < 480 ? second % 120 : second - 480) * MIB);
    nearly(left!.soonest, 1000 - 370, 0.05);
  });

  test('after somebody cleaned up, it goes on from there', () => {
    const { left } = after(400, (second) => (second < 200 ? 500 : 10_000) * MIB - second * MIB);
    nearly(left!.soonest, 9600, 0.05);
  });

  test('one burst that is over is not filling', () => {
    const { left } = after(600, (second) => 1000 * MIB - Math.min(second, 100) * MIB);
    assert.equal(left, undefined);
  });

  test('a job that writes for a minute out of three goes on filling while it rests', () => {
    const { left } = after(
      880,
      (second) => 1000 * MIB - (Math.floor(second / 180) * 60 + Math.min(60, second % 180)) * MIB,
    );
    nearly(left!.soonest, (1000 - 300) * 3, 0.25);
  });

  test('growth that began just now waits for half a minute of evidence', () => {
    const quiet =
      (began: number) =>
      (second: number): number =>
        1000 * MIB - Math.max(0, second - began) * MIB;
    assert.equal(after(600, quiet(598)).left, undefined);
    nearly(after(640, quiet(598)).left!.soonest, 1000 - 42, 0.05);
  });

  test('the two windows are the range', () => {
    const { left } = after(
      900,
      (second) => 10_000 * MIB - (second < 840 ? second : 840 + (second - 840) * 4) * MIB,
    );
    nearly(left!.soonest, (10_000 - 840 - 240) / 4, 0.05);
    assert.ok(left!.latest > left!.soonest * 2);
  });

  test('a clock that was set back begins anew', () => {
    const history = new FreeHistory();
    for (let second = 0; second < 20; second++) history.add({ at: 5000 + second, free: 1000 - second });
    for (let second = 0; second < 20; second++) history.add({ at: 100 + second, free: 980 });
    assert.deepEqual(forecast(history), { rate: 0, left: undefined });
  });

  const rates = fc.integer({ min: 1, max: 1000 });
  const spans = fc.integer({ min: 10, max: 1200 });

  test('property: a line is exact, whatever its slope and length', () => {
    fc.assert(
      fc.property(rates, spans, fc.integer({ min: 1, max: 1e6 }), (rate, seconds, rest) => {
        const { left } = after(seconds, (second) => rest + rate * (seconds - second));
        nearly(left!.soonest, rest / rate, 0.001);
        nearly(left!.latest, rest / rate, 0.001);
      }),
      { numRuns: 30 },
    );
  });

  test('property: what does not shrink is never filling', () => {
    fc.assert(
      fc.property(spans, fc.array(fc.nat(1000), { minLength: 1, maxLength: 1300 }), (seconds, gains) => {
        let free = 1;
        const series = Array.from(
          { length: seconds + 1 },
          (_, second) => (free += gains[second % gains.length]),
        );
        assert.equal(after(seconds, (second) => series[second]).left, undefined);
      }),
      { numRuns: 30 },
    );
  });

  test('property: rotation that frees what was written is not filling, whatever its period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 25, max: 250 }), rates, fc.nat(200), (period, rate, more) => {
        const { left } = after(700 + more, (second) => 1e9 - (second % period) * rate);
        assert.equal(left, undefined);
      }),
      { numRuns: 100 },
    );
  });

  test('property: whatever happened, soonest is not after latest and neither is in the past', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1, maxLength: 400 }), (series) => {
        const { rate, left } = after(series.length - 1, (second) => series[second]);
        assert.ok(Number.isFinite(rate));
        assert.ok(left === undefined || (left.soonest >= 0 && left.soonest <= left.latest));
      }),
      { numRuns: 60 },
    );
  });

  test('property: one sample in five may be nonsense', () => {
    fc.assert(
      fc.property(rates, fc.infiniteStream(fc.nat(100)), (rate, noise) => {
        const { rate: found } = after(60, (second) => {
          const odd = second % 5 === 2 ? (noise.next().value ?? 0) : 0;
          return 100_000 - rate * second - odd * rate * 0.2;
        });
        nearly(found, rate, 0.25);
      }),
      { numRuns: 40 },
    );
  });
});
