/** `diskwhy config [COMMAND]`: prints the values in force and where each comes from. */
import { toText } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import { configLines } from '../../render/screens/config/config.ts';
import type { ConfigRow } from '../../render/screens/config/config.ts';
import { readCaller } from '../invocation/caller.ts';
import { readOptions } from '../command-line/read-request.ts';
import { commandTable } from '../options/command-table.ts';
import type { CommandName, OptionRow } from '../options/option-row.ts';
import { rowsOf } from '../options/option-table.ts';
import type { Request } from '../options/typed-options.ts';
import { isSettable, placeText, settingOf } from '../settings/setting.ts';
import type { Settings } from '../settings/setting.ts';
import { readSettings } from '../settings/settings.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function runConfig({ operands }: Request<'config'>, terminal: Terminal): Promise<ExitCode> {
  const settings = readSettings(process.env, readCaller().uid);
  const all: readonly CommandName[] = commandTable.config.operands.values;
  const wanted = operands.map(toText).at(0);
  const commands = all.filter((command) => wanted === undefined || command === wanted);
  const tables = commands.map((command) => {
    // Refuses a value that the command would refuse.
    readOptions(command, new Map(), settings);
    const rows = rowsOf(command).filter(isSettable);
    return { command, rows: rows.map((row) => inForce(row, command, settings)) };
  });
  await terminal.print(`${configLines(tables, settings.passedOver).join('\n')}\n`);
  return ExitCode.done;
}

function inForce(row: OptionRow, command: CommandName, settings: Settings): ConfigRow {
  const { name } = row;
  const setting = settingOf(settings, command, name);
  const place = setting && placeText(setting.place);
  if (row.type === 'flag') return { name, value: setting?.isSet ?? false, place };
  const values = setting?.values.map(toText);
  if (row.repeatable) return { name, value: values ?? [], place };
  return { name, value: values?.at(0) ?? row.default, place };
}
