/** Commands that are continued on the next line: pasted, they are what they were. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText } from '../../src/model/byte-string.ts';
import { shellLine } from '../../src/remedies/shell-word.ts';
import { wrapCommand } from '../../src/render/terminal/wrap.ts';

const wordsOf = (line: string): Buffer => execFileSync('bash', ['-c', `set -- ${line}\nprintf '%s\\0' "$@"`]);

test('a wrapped command has the words of the whole one, whatever stands in its quotes', () => {
  const word = fc.oneof(
    fc.constantFrom('a b  c d', "it's a 'thing'", 'x'.repeat(30), '-rf', 'tab\there'),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 10, max: 60 }),
      (words, width) => {
        const line = shellLine(words.map((one) => fromText(one.replaceAll('\0', ''))));
        assert.deepEqual(wordsOf(wrapCommand('    ', line, width).join('\n')), wordsOf(line));
      },
    ),
    { numRuns: 40 },
  );
});

test('several commands in one line stay so', () => {
  const line = `d=$(mktemp -d) && mount --bind /data "$d" && ls -la "$d"'/a b'; umount "$d"`;
  assert.equal(
    wrapCommand('  ', line, 40).join(' ').replaceAll(' \\ ', ' ').replaceAll(/\s+/gu, ' ').trim(),
    line,
  );
});
