/** Every option there is, each defined once; a name takes a value or takes none, whatever the command. */
import type { CommandName, OptionRow } from './option-row.ts';
import { aboutRows } from './rows/about.ts';
import { exitRows } from './rows/exit.ts';
import { fleetRows } from './rows/fleet.ts';
import { logRows } from './rows/log.ts';
import { outputRows } from './rows/output.ts';
import { scanRows } from './rows/scan.ts';
import { snapshotRows } from './rows/snapshot.ts';
import { tmpRows } from './rows/tmp.ts';
import { watchRows } from './rows/watch.ts';

/** By the name of its value in the program. */
export const optionTable = {
  ...tmpRows,
  ...watchRows,
  ...snapshotRows,
  ...logRows,
  ...fleetRows,
  ...scanRows,
  ...outputRows,
  ...exitRows,
  ...aboutRows,
} as const;

export type OptionKey = keyof typeof optionTable;

/** All rows, with their keys. */
export const optionRows = Object.entries(optionTable) as readonly (readonly [OptionKey, OptionRow])[];

/** The rows of a command, in the order of the table. */
export function rowsOf(command: CommandName): OptionRow[] {
  return optionRows.flatMap(([, row]) => (row.commands.includes(command) ? [row] : []));
}

/** "--older", "-h" */
export function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** Every name that may stand behind two dashes or one: names, aliases, and `no-NAME` where a row has a negation. */
export function namesOf(row: OptionRow): string[] {
  return [
    row.name,
    ...(row.alias === undefined ? [] : [row.alias]),
    ...(row.type !== 'flag' && row.negation ? [`no-${row.name}`] : []),
  ];
}
