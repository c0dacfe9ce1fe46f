/** Widths and cuts: what is cut fits, keeps both ends, and cuts nothing that fitted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ByteString } from '../../src/model/byte-string.ts';
import { displayName } from '../../src/render/terminal/escape.ts';
import { cutMiddle, textWidth } from '../../src/render/terminal/text-width.ts';
import { displayColumns } from '../support/display-columns.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

test('no text takes more columns than it is said to', () => {
  fc.assert(
    fc.property(nameArbitrary, (name) => {
      const shown = displayName(name as ByteString);
      assert.ok(
        displayColumns(shown) <= textWidth(shown),
        `${shown}: ${displayColumns(shown)} > ${textWidth(shown)}`,
      );
    }),
    { numRuns: 2000 },
  );
});

test('wide, combining and plain characters', () => {
  assert.deepEqual(
    ['', 'abc', '日本', 'a\u0301', '👍', 'é', '한글', '￥', '…'].map(textWidth),
    [0, 3, 4, 1, 2, 1, 4, 2, 1],
  );
});

test('what is cut fits and keeps both ends', () => {
  fc.assert(
    fc.property(nameArbitrary, fc.integer({ min: 10, max: 120 }), (name, width) => {
      const shown = displayName(name as ByteString);
      const cut = cutMiddle(shown, width);
      assert.ok(textWidth(cut) <= width);
      if (textWidth(shown) <= width) assert.equal(cut, shown);
      else {
        const [head, tail] = cut.split(/…(?!.*…)/u);
        assert.ok(shown.startsWith(cut.slice(0, cut.indexOf('…'))));
        assert.ok(shown.endsWith(tail));
        assert.ok(head.length > 0);
      }
    }),
    { numRuns: 2000 },
  );
});

test('no room at all', () => {
  assert.ok(textWidth(cutMiddle('something', 0)) <= 1);
});
