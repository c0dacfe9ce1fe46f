/** Bars: as long as the share says to an eighth of a column, never longer than their place, never nothing for something. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bar, paddedBar } from '../../src/render/terminal/bar.ts';

/** A bar's length in eighths of a column. */
const eighths = (text: string): number =>
  Array.from(text, (character) => ' ▏▎▍▌▋▊▉█'.indexOf(character)).reduce((sum, one) => sum + one, 0);

test('ends and steps', () => {
  assert.deepEqual(
    [0, 1e-9, 0.125, 0.5, 0.9375, 1, 2, -1].map((share) => bar(share, 2)),
    ['', '▏', '▎', '█', '█▉', '██', '██', ''],
  );
});

test('any share', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      (share, width) => {
        const drawn = bar(share, width);
        assert.ok(drawn.length <= width);
        assert.ok(Math.abs(eighths(drawn) - share * width * 8) <= 1);
        assert.equal(drawn === '', share === 0);
        assert.equal(paddedBar(share, width).length, width);
      },
    ),
  );
});
