/** Random options, operands and whole command lines, made from the table that the program reads. */
import * as fc from 'fast-check';
import { commandNames } from '../../src/cli/options/command-table.ts';
import type { OptionRow, ValueRow } from '../../src/cli/options/option-row.ts';
import { dashed, optionRows } from '../../src/cli/options/option-table.ts';

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
    case 'condition':
      return fc.constantFrom(
        'used>85%',
        'inodes>1%',
        'full<6h',
        'growth>1GiB/h',
        'unexplained>5%',
        'finding>1K',
      );
    default:
      return fc.constantFrom('x', 'tmp', 'a b', '*.iso', 'true', '=', 'log', '\u00FC', "it's");
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

/** Anything that may stand on a command line, and much that may not. */
const anyWord = fc.oneof(
  operandWord,
  fc.constantFrom(
    ...commandNames,
    '--',
    '-',
    '---',
    '-q',
    '-ny',
    '-qx',
    '--top',
    '--top=',
    '1',
    '-1',
    '--no-color',
  ),
  fc
    .constantFrom(...optionRows.map(([, row]) => row))
    .chain(optionWords)
    .chain(({ joined, apart }) => fc.constantFrom(...joined, ...apart)),
  fc.string({ unit: 'binary' }).map((text) => `--${text}`),
  fc.string({ unit: 'grapheme-ascii' }),
);

export const anyLine = fc.array(anyWord, { maxLength: 8 });

/** A line that most likely works: a command, options of its own or not, and some of `operands`. */
export function likelyLine(operands: readonly string[]): fc.Arbitrary<string[]> {
  return fc.constantFrom(...commandNames).chain((command) => {
    const rows = optionRows.map(([, row]) => row);
    const own = rows.filter((row) => row.commands.includes(command));
    const option = fc
      .oneof(
        { weight: 9, arbitrary: fc.constantFrom(...own) },
        { weight: 1, arbitrary: fc.constantFrom(...rows) },
      )
      .chain(optionWords)
      .chain(({ joined, apart }) => fc.constantFrom(joined, apart));
    const operand = fc.constantFrom(...operands).map((word) => [word]);
    return fc
      .record({
        groups: fc.array(fc.oneof(option, operand), { maxLength: 6 }),
        at: fc.nat(6),
        hasDashes: fc.boolean(),
        behind: fc.array(fc.constantFrom(...operands), { maxLength: 2 }),
      })
      .map(({ groups, at, hasDashes, behind }) => {
        const name = command === 'explain' ? [] : [[command]];
        const words = groups.toSpliced(Math.min(at, groups.length), 0, ...name).flat();
        return hasDashes ? [...words, '--', ...behind] : words;
      });
  });
}
