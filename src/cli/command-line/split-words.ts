/** The one importer of yargs-parser: splits the words of a command line into options with their values, and the rest. */
import { createRequire } from 'node:module';
import type YargsParser from 'yargs-parser';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { namesOf, optionRows } from '../options/option-table.ts';
import type { OptionRow, ValueRow } from '../options/option-row.ts';
import { checkWords } from './check-words.ts';

/** The parser of yargs without the rest of it: commands, help and completion come from our tables. */
const Parser = createRequire(import.meta.url)('yargs-parser') as typeof YargsParser;

export interface SplitWords {
  /** Values by the option's name, in the order in which they stand; none for one that takes no value. */
  readonly options: ReadonlyMap<string, readonly ByteString[]>;
  /** What is neither an option nor the value of one, before `--`. */
  readonly words: readonly ByteString[];
  /** What follows `--`; undefined where there is none. */
  readonly behindDashes: readonly ByteString[] | undefined;
}

const rows: readonly OptionRow[] = optionRows.map(([, row]) => row);
const flags = rows.flatMap((row) =>
  namesOf(row).filter((name) => row.type === 'flag' || name === `no-${row.name}`),
);
const bareSomewhere = rows
  .filter((row) => row.type !== 'flag')
  .filter(({ bareFor }) => bareFor !== undefined);
const valued = rows.flatMap(({ type, name }) => (type === 'flag' ? [] : [name]));

/** Every word ends up in exactly one place. Throws UsageError for what is no option and for a missing value. */
export function splitWords(argv: readonly ByteString[]): SplitWords {
  checkWords(argv);
  const row = bareSomewhere.find(({ name }) => argv.includes(`--${name}` as ByteString));
  if (row) {
    // Which command it is can be told only when it is known which words are values.
    const split = parse(withBareValues(argv, row));
    if (split.words[0] === row.bareFor) return split;
  }
  return parse(withBareValues(argv));
}

function parse(argv: readonly ByteString[]): SplitWords {
  const { argv: parsed, error } = Parser.detailed([...argv], {
    string: valued,
    boolean: flags,
    // Said of each option how many values it takes, yargs takes that many and asks nothing of what they look like.
    narg: Object.fromEntries([...valued.map((name) => [name, 1]), ...flags.map((name) => [name, 0])]),
    alias: Object.fromEntries(
      rows.flatMap(({ name, alias }) => (alias === undefined ? [] : [[name, alias]])),
    ),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    },
  });
  if (error !== null) throw missingValue(error);
  const { _: words, '--': behind, ...options } = parsed;
  return {
    options: new Map(Object.entries(options).map(([name, value]) => [name, valuesOf(value)])),
    words: words as ByteString[],
    behindDashes: argv.includes('--' as ByteString) ? ((behind ?? []) as ByteString[]) : undefined,
  };
}

/** `--color` where no value can follow; `always` takes none at all. */
function withBareValues(argv: readonly ByteString[], always?: ValueRow): ByteString[] {
  const end = argv.indexOf('--' as ByteString);
  return argv.map((word, index) => {
    const isOption = end < 0 || index < end;
    const bare = isOption
      ? rows.find((row) => `--${row.name}` === word && 'bare' in row && (row === always || !isShared(row)))
      : undefined;
    const next = argv.at(index + 1);
    const isAlone = next === undefined || next.startsWith('-') || bare === always;
    const isBare = isAlone && bare !== undefined && bare.type !== 'flag';
    return isBare ? (`${word}=${bare.bare}` as ByteString) : word;
  });
}

/** Whether another command has an option of this name. */
function isShared(row: OptionRow): boolean {
  return rows.some((other) => other !== row && other.name === row.name);
}

function valuesOf(value: unknown): readonly ByteString[] {
  if (value === true) return [];
  return (Array.isArray(value) ? value : [value]) as ByteString[];
}

/** "Not enough arguments following: older" is all that yargs can still say. */
function missingValue({ message }: Error): UsageError {
  const name = message.slice(message.lastIndexOf(' ') + 1);
  const row = rows.find((one) => one.name === name);
  const placeholder = row && row.type !== 'flag' ? row.placeholder : 'VALUE';
  return new UsageError(
    `--${name}: a value is missing; write --${name} ${placeholder}, or --${name}=${placeholder} where it starts with -`,
  );
}
