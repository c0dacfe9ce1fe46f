/** How an option is written wherever it is told of: its spelling, and what it does without a value. */
import type { OptionRow } from '../options/option-row.ts';
import { dashed } from '../options/option-table.ts';

/** "-q, --quiet", "--older AGE" */
export function spelling(row: OptionRow): string {
  const names = [...(row.alias === undefined ? [] : [row.alias]), row.name].map(dashed).join(', ');
  // Where it never has a value, none is told of.
  const isBare = row.type !== 'flag' && row.bareFor !== undefined && row.commands.length === 1;
  return row.type === 'flag' || isBare ? names : `${names} ${row.placeholder}`;
}

/** "10d", "as many as the work deserves"; undefined where there is nothing to tell. */
export function defaultText(row: OptionRow): string | undefined {
  return row.type === 'flag' ? undefined : (row.default ?? row.without);
}

/** "unused for at least so long [10d]; repeatable" */
export function helpText(row: OptionRow): string {
  const without = defaultText(row);
  const repeats = row.type !== 'flag' && row.repeatable === true ? '; repeatable' : '';
  return `${row.help}${without === undefined ? '' : ` [${without}]`}${repeats}`;
}
