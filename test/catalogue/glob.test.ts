/** One look at a name for many globs says what each of them says. */
import { test } from 'node:test';
import * as fc from 'fast-check';
import { anyNameTest, nameTest } from '../../src/catalogue/glob.ts';

const sign = fc.constantFrom('*', '?', '[0-9]', '[ab]', 'a', 'b', '1', '.', '-', '+', '(');
const glob = fc.array(sign, { minLength: 1, maxLength: 5 }).map((signs) => signs.join(''));
const name = fc.array(fc.constantFrom('a', 'b', '1', '.', '-', '+', '(', '\n'), {
  minLength: 1,
  maxLength: 6,
});

test('property: any of them, whichever they are', () => {
  fc.assert(
    fc.property(fc.array(glob, { minLength: 1, maxLength: 6 }), name, (globs, letters) => {
      const text = letters.join('');
      return anyNameTest(globs)(text) === globs.some((one) => nameTest(one)(text));
    }),
    { numRuns: 2000 },
  );
});
