/** When many alarms become one: only where too many are side by side. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import { crowdedGrowths } from '../../src/watch/growth/crowds.ts';

function placed(paths: readonly string[]): { number: number; path: ReturnType<typeof fromText> }[] {
  return paths.map((path, number) => ({ number, path: fromText(path) }));
}

const many = (count: number, name: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => name(n));

test('logs in one directory, and logs in directories of their own', () => {
  assert.equal(crowdedGrowths(placed(many(20, (n) => `/var/log/app-${n}.log`))).size, 20);
  assert.equal(crowdedGrowths(placed(many(20, (n) => `/srv/sites/s${n}/error.log`))).size, 20);
  assert.equal(crowdedGrowths(placed(many(5, (n) => `/var/log/app-${n}.log`))).size, 0);
});

test('one that grows elsewhere keeps its alarm', () => {
  const crowd = many(12, (n) => `/var/log/app-${n}.log`);
  const crowded = crowdedGrowths(placed([...crowd, '/home/u/dump.sql']));
  assert.deepEqual(
    [...crowded].toSorted((a, b) => a - b),
    [...crowd.keys()],
  );
});

test('property: few are never a crowd, and a crowd stays one whatever grows beside it', () => {
  const paths = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(50)), { maxLength: 40 });
  fc.assert(
    fc.property(paths, paths, (one, other) => {
      const named = (parts: readonly (readonly number[])[]): string[] =>
        parts.map(([a, b, c]) => `/data/${a}/${b}/${c}`);
      const alone = crowdedGrowths(placed(named(one)));
      const together = crowdedGrowths(placed([...named(one), ...named(other)]));
      assert.ok(one.length > 8 || alone.size === 0);
      assert.ok([...alone].every((number) => together.has(number)));
    }),
  );
});
