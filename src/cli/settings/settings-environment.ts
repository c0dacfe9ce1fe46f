/** Settings of the environment: DISKWHY_MIN_SIZE is --min-size. */
import { fromText } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { optionRows } from '../options/option-table.ts';
import type { OptionRow } from '../options/option-row.ts';
import { isSettable } from './setting.ts';
import type { Setting } from './setting.ts';

const SET: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  '0': false,
  false: false,
  no: false,
};

/** Several values of one option stand on lines of their own. Throws UsageError for a flag that is neither set nor unset. */
export function settingsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): Setting[] {
  // A command of `watch --exec` is told of the alarm in variables of the same names.
  if (environment['DISKWHY_EVENT'] !== undefined) return [];
  // Another command may have an option of the same name that is not settable.
  const rows = optionRows.map(([, row]) => row).filter(isSettable);
  return [...new Map(rows.map((row) => [row.name, row])).values()].flatMap((row) => {
    const name = variableOf(row);
    const text = environment[name];
    if (text === undefined || text === '') return [];
    return [
      {
        name: row.name,
        command: undefined,
        place: { kind: 'variable', name } as const,
        ...read(row, name, text),
      },
    ];
  });
}

/** "DISKWHY_MIN_SIZE" */
function variableOf({ name }: OptionRow): string {
  return `DISKWHY_${name.toUpperCase().replaceAll('-', '_')}`;
}

function read(row: OptionRow, name: string, text: string): Pick<Setting, 'values' | 'isSet'> {
  if (row.type !== 'flag') {
    const values = row.repeatable ? text.split('\n').filter((line) => line !== '') : [text];
    return { values: values.map(fromText), isSet: true };
  }
  const isSet = SET[text.toLowerCase()];
  if (isSet === undefined) throw new UsageError(`${name} is ${text}; write 1 or 0`);
  return { values: [], isSet };
}
