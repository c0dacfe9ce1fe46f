/** Phrases in lines: never wider than the line, none broken that fits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { flowLines } from '../../src/render/terminal/flow.ts';
import { textWidth } from '../../src/render/terminal/text-width.ts';

const word = fc.string({ unit: fc.constantFrom(...'ab1,(%)'), minLength: 1, maxLength: 12 });
const phrase = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));

test('any phrases in any width', () => {
  fc.assert(
    fc.property(fc.array(phrase, { maxLength: 6 }), fc.integer({ min: 40, max: 80 }), (phrases, width) => {
      const lines = flowLines('  ', phrases, width);
      for (const line of lines) assert.ok(textWidth(line) <= width, line);
      for (const one of phrases)
        if (textWidth(one) <= width - 2)
          assert.ok(
            lines.some((line) => line.includes(one)),
            one,
          );
      const words = (text: string): string[] => text.split(/\s+/u).filter((part) => part !== '');
      assert.deepEqual(words(lines.join(' ')), words(phrases.join(' ')));
    }),
  );
});

test('a phrase wider than the line goes on below', () => {
  assert.deepEqual(flowLines('  ', ['5 packages of dpkg, rpm 2,188,028,139,520 B', 'b'], 30), [
    '  5 packages of dpkg, rpm',
    '  2,188,028,139,520 B   b',
  ]);
});
