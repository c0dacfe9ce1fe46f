/** One option's value, from what was typed to its type; what cannot be read is refused with two values that work. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { exactAgeText } from '../../model/age.ts';
import { exactSizeText, parseRate, parseSize } from '../../model/size.ts';
import { isMonthOrMinute, parseAge } from '../../model/written-age.ts';
import { parseCondition } from '../conditions/condition.ts';
import type { Condition } from '../conditions/condition.ts';
import { dashed } from './option-table.ts';
import type { AgeRow, ChoiceRow, CountRow, RateRow, SizeRow, ValueRow } from './option-row.ts';

/** Sizes in bytes, rates in bytes per second, ages in milliseconds. Throws UsageError, which quotes what was typed. */
export function readValue(row: ValueRow, typed: ByteString): unknown {
  const text = toText(typed);
  switch (row.type) {
    case 'size':
      return bounded(row, text, parseSize(text), 'size', exactSizeText);
    case 'rate':
      return bounded(row, text, parseRate(text), 'rate', (rate) => `${exactSizeText(rate)}/s`);
    case 'age':
      if (isMonthOrMinute(text)) throw refusal(row, text, `month or minute? write ${bothReadings(text)}`);
      return bounded(row, text, parseAge(text), row.placeholder.toLowerCase(), exactAgeText);
    case 'count':
      return count(row, text);
    case 'choice':
      return choice(row, text);
    case 'choices':
      return choices(row, text);
    case 'condition':
      return condition(row, text);
    case 'path':
      if (typed === '') throw new UsageError(`${dashed(row.name)}: the path is empty`);
      return typed;
    default:
      if (text.trim() === '') throw new UsageError(`${dashed(row.name)}: the ${row.what} is empty`);
      return text;
  }
}

/** What is wrong with a value: "--older soon: not an age; write 12h or 2d". */
function refusal(row: ValueRow, typed: string, why: string): UsageError {
  return new UsageError(`${dashed(row.name)} ${typed === '' ? "''" : typed}: ${why}`);
}

/** "1mo or 1m" for "1M" */
function bothReadings(text: string): string {
  const number = text.trim().slice(0, -1).trim();
  return `${number}mo or ${number}m`;
}

function bounded(
  row: SizeRow | RateRow | AgeRow,
  text: string,
  value: number | undefined,
  what: string,
  inWords: (value: number) => string,
): number {
  const examples = `write ${row.examples.join(' or ')}`;
  const kind = what === 'time' ? 'must be a time' : `not ${what === 'age' ? 'an' : 'a'} ${what}`;
  if (value === undefined) throw refusal(row, text, `${kind}; ${examples}`);
  if (value >= row.least && value <= row.most) return value;
  const bounds =
    row.most === Number.MAX_SAFE_INTEGER ? 'above 0' : `from ${inWords(row.least)} to ${inWords(row.most)}`;
  throw refusal(row, text, `${kind} ${bounds}; ${examples}`);
}

function count(row: CountRow, text: string): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value < row.least || value > row.most)
    throw refusal(
      row,
      text,
      `must be a whole number from ${row.least} to ${row.most}; write ${row.default ?? row.least} or ${(Number(row.default ?? row.least) || 1) * 2}`,
    );
  return row.zeroIsAll === true && value === 0 ? Infinity : value;
}

function choice(row: ChoiceRow, text: string): string {
  if (!row.values.includes(text)) throw refusal(row, text, `must be one of ${row.values.join(', ')}`);
  return text;
}

function condition(row: ValueRow, text: string): Condition {
  const read = parseCondition(text);
  if (typeof read === 'string') throw refusal(row, text, `not a condition; ${read}`);
  return Object.freeze(read);
}

/** In the order of the table, each once. */
function choices(row: ChoiceRow, text: string): readonly string[] {
  const wanted = text.split(',').map((one) => one.trim());
  if (wanted.some((one) => !row.values.includes(one)))
    throw refusal(
      row,
      text,
      `must be a list of ${row.values.join(', ')}; write ${row.values[0]} or ${row.values.slice(0, 2).join(',')}`,
    );
  return Object.freeze(row.values.filter((one) => wanted.includes(one)));
}
