/** Whole numbers are grouped as toLocaleString groups them for en-US. */
import { test } from 'node:test';
import * as fc from 'fast-check';
import { grouped } from '../../src/model/grouped.ts';

test('property: as the locale says it', () => {
  const whole = fc.oneof(fc.integer(), fc.maxSafeInteger());
  fc.assert(fc.property(whole, (count) => grouped(count) === count.toLocaleString('en-US')));
});
