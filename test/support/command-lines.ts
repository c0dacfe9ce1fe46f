/** Random options and operands, made from the table that the program reads. */
import * as fc from 'fast-check';
import type { OptionRow, ValueRow } from '../../src/cli/options/option-row.ts';
import { dashed } from '../../src/cli/options/option-table.ts';

/** The words of one option, with its value in the same word, or apart where that is allowed. */
export interface OptionWords {
  readonly joined: string[];
  readonly apart: string[];
}

/** A value of the row's type that works. */
function valueOf(row: ValueRow): fc.Arbitrary<string> {
  switch (row.type) {
    case 'size':
    case 'rate':
    case 'age':
      return fc.constantFrom(...row.examples);
    case 'count':
      return fc.integer({ min: row.least, max: Math.min(row.most, 50) }).map(String);
    case 'choice':
      return fc.constantFrom(...row.values);
    case 'choices':
      return fc.subarray([...row.values], { minLength: 1 }).map((values) => values.join(','));
    default:
      return fc.constantFrom('x', 'tmp', 'a b', '*.iso', 'true', '=', 'log', 'ü', "it's");
  }
}

export function optionWords(row: OptionRow): fc.Arbitrary<OptionWords> {
  const name = dashed(row.name);
  if (row.type === 'flag') return fc.constant({ joined: [name], apart: [name] });
  return valueOf(row).map((value) => ({ joined: [`${name}=${value}`], apart: [name, value] }));
}

/** Names that a careless parser would take for something else, and some that nobody would. */
export const operandWord = fc.constantFrom(
  'a',
  '/x/y',
  'tmp',
  'log',
  'help',
  'true',
  'false',
  '7',
  '-1',
  '-',
  '--delete',
  '-n',
  '--',
  'with space',
  'two\nlines',
  '\u00FC',
  '=x',
  "'quoted'",
  '_',
  '__proto__',
);
