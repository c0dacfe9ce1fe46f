/**
 * Looks at each word of a command line before it is split. yargs guesses where a word is not what it expects: it takes
 * `--json=maybe` for false, `-q5` for a value, cuts an option at a newline, and lets `--_` through as an operand. So
 * nothing reaches it but options as they stand in the table.
 */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { OptionRow } from '../options/option-row.ts';
import { dashed, namesOf, optionRows } from '../options/option-table.ts';
import { nearest } from '../options/nearest.ts';

/** Rows that can be meant by a name. */
const rowsByName = Map.groupBy(
  optionRows.flatMap(([, row]) => namesOf(row).map((name) => ({ name, row }))),
  ({ name }) => name,
);

/** Throws UsageError for the first word that looks like an option and is none. What follows `--` is never one. */
export function checkWords(words: readonly ByteString[]): void {
  const end = words.indexOf('--' as ByteString);
  for (const [index, word] of words.slice(0, end < 0 ? undefined : end).entries()) {
    if (!word.startsWith('-') || word === '-') continue;
    if (word.startsWith('--')) checkLong(toText(word));
    else checkLetters(toText(word), words[index - 1]);
  }
}

/** Whether an option of this name, as typed, takes a value; undefined where there is none. */
function takesValue(name: string): boolean | undefined {
  const row: OptionRow | undefined = rowsByName.get(name)?.[0]?.row;
  return row && row.type !== 'flag' && name !== `no-${row.name}`;
}

function checkLong(word: string): void {
  const equals = word.indexOf('=');
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const takes = name.length === 1 ? undefined : takesValue(name);
  if (takes === undefined) throw unknown(`--${name}`, name);
  if (equals >= 0 && !takes)
    throw new UsageError(`${word}: --${name} takes no value; leave out ${word.slice(equals)}`);
}

/** `-q`, or several letters in one word. */
function checkLetters(word: string, before: ByteString | undefined): void {
  const letters = word.slice(1).split('');
  const wrong = letters.find((letter) => takesValue(letter) === undefined);
  const valued = letters.findIndex((letter) => takesValue(letter) === true);
  const [name, rest] = [letters[valued], letters.slice(valued + 1).join('')];
  // Not taken as its value, as getopt(3) would: "-older 2d" would write to a file "lder".
  const isBehind = rest !== '' && (wrong === undefined || /^[=/.]/u.test(rest));
  if (valued >= 0 && isBehind && !letters.slice(0, valued).includes(wrong ?? ''))
    throw new UsageError(
      `${word}: the value of -${name} is a word of its own; write -${name} ${rest.replace(/^=/u, '')}`,
    );
  if (wrong === undefined) return;
  const option = before?.startsWith('--') === true ? toText(before.slice(2) as ByteString) : '';
  if (takesValue(option) === true)
    throw new UsageError(`--${option} ${word}: a value that starts with - is written --${option}=${word}`);
  // "-older" is what other programs take for an option.
  throw unknown(letters.length > 1 ? word : `-${wrong}`, word.slice(1));
}

function unknown(typed: string, name: string): UsageError {
  const names = [...rowsByName.keys()].filter((one) => one.length > 1);
  const meant = takesValue(name) === undefined ? nearest(name, names) : name;
  const hint =
    meant === undefined
      ? 'diskwhy --help lists them; -- stands before a path that starts with -'
      : `did you mean ${dashed(meant)}?`;
  return new UsageError(`${typed}: no such option; ${hint}`);
}
