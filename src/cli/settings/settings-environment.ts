/** Settings of the environment: DISKWHY_MIN_SIZE is --min-size. */
import { fromText } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { nearest } from '../options/nearest.ts';
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
  refuseUnheard(environment);
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

/** Throws UsageError for a variable that was meant for an option and sets none: a `keep` misspelt keeps nothing. */
function refuseUnheard(environment: Readonly<Record<string, string | undefined>>): void {
  const rows = optionRows.map(([, row]) => row).filter(({ group }) => group !== 'About');
  const settable = new Set(rows.filter(isSettable).map(({ name }) => name));
  for (const [variable, text] of Object.entries(environment)) {
    const typed = /^DISKWHY_([A-Z_]+)$/u.exec(variable)?.[1].toLowerCase().replaceAll('_', '-');
    if (typed === undefined || text === undefined || text === '' || settable.has(typed)) continue;
    if (rows.some(({ name }) => name === typed))
      throw new UsageError(`${variable}: --${typed} is said on the command line each time; no variable may`);
    const meant = nearest(typed, [...settable]);
    // DISKWHY_PATH may be another's; DISKWHY_MIN_SIZ is nobody's.
    if (meant !== undefined && !meant.startsWith(`${typed}-`))
      throw new UsageError(`${variable}: no such option; did you mean ${variableOf({ name: meant })}?`);
  }
}

/** "DISKWHY_MIN_SIZE" */
function variableOf({ name }: Pick<OptionRow, 'name'>): string {
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
