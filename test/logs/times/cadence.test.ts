/** Rhythm from arrival times: clockwork, chance, bursts, back-off, whole-second stamps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cadence } from '../../../src/logs/times/cadence.ts';

function rhythm(times: readonly number[]): NonNullable<ReturnType<Cadence['rhythm']>> {
  const cadence = new Cadence();
  for (const time of times) cadence.add(time);
  const found = cadence.rhythm();
  assert.ok(found !== null);
  return found;
}

/** A fixed pseudo-random sequence in [0, 1). */
function chance(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('clockwork has no variation', () => {
  const found = rhythm(Array.from({ length: 100 }, (_, n) => 1000 + n * 0.5));
  assert.ok(Math.abs(found.everySeconds - 0.5) < 1e-9 && found.variation < 0.01);
});

test('random arrivals vary as much as they last', () => {
  const next = chance();
  let time = 0;
  const found = rhythm(Array.from({ length: 250 }, () => (time -= Math.log(1 - next()) * 2)));
  assert.ok(found.variation > 0.4, `${found.variation}`);
  assert.ok(!found.backsOff);
});

test('whole-second stamps do not hide a steady half-second beat', () => {
  const found = rhythm(Array.from({ length: 200 }, (_, n) => Math.floor(n * 0.4)));
  assert.ok(found.variation < 0.35, `${found.variation}`);
});

test('bursts count once', () => {
  const found = rhythm(Array.from({ length: 200 }, (_, n) => Math.floor(n / 5) * 3 + (n % 5) * 0.001));
  assert.ok(Math.abs(found.everySeconds - 3) < 0.1, `${found.everySeconds}`);
  assert.ok(found.variation < 0.1);
});

test('doubling pauses are a back-off', () => {
  let time = 0;
  const found = rhythm(Array.from({ length: 120 }, (_, n) => (time += 0.1 * 2 ** (n % 6))));
  assert.ok(found.backsOff);
});

test('few gaps, or none, have no rhythm', () => {
  const cadence = new Cadence();
  for (let n = 0; n < 100; n++) cadence.add(5);
  assert.equal(cadence.rhythm(), null);
  for (const time of [Number.NaN, 6, Number.NaN]) cadence.add(time);
  assert.ok(cadence.rhythm() !== null);
});
