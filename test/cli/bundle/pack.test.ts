import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { openPack, writePack } from '../../../src/cli/bundle/pack.ts';

const ascii = fc.string({ unit: 'binary-ascii' });
const bytes = fc.uint8Array().map((array) => Buffer.from(array));

test('what is written into a pack is read from it, each cache where V8 need not copy it', () => {
  fc.assert(
    fc.property(fc.dictionary(ascii, fc.tuple(ascii, bytes)), (chunks) => {
      const entries = Object.entries(chunks);
      const pack = writePack(
        new Map(entries.map(([name, [source, cachedData]]) => [name, { source, cachedData }])),
      );
      const offsets: number[] = [];
      const { chunk } = openPack((offset, length) => {
        offsets.push(offset);
        return pack.subarray(offset, offset + length);
      });
      offsets.length = 0;
      for (const [name, [source, cachedData]] of entries) {
        const expected = { source, cachedData: cachedData.length > 0 ? cachedData : undefined };
        assert.deepEqual(chunk(name), expected);
      }
      assert.ok(offsets.every((offset) => offset % 8 === 0));
    }),
  );
});

test('a chunk that is not there is undefined, whatever objects are born with', () => {
  const pack = writePack(new Map());
  const { chunk } = openPack((offset, length) => pack.subarray(offset, offset + length));
  assert.equal(chunk('toString'), undefined);
});

test('a source that is not ASCII is refused when the pack is written', () => {
  assert.throws(() => writePack(new Map([['a', { source: 'é', cachedData: undefined }]])), /ASCII/u);
});
