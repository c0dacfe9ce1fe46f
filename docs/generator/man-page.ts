/** The man page of a command, in the macros of man(7). */
import { namedCommands } from '../../src/cli/completion/completed-options.ts';
import { exitCodeMeanings } from '../../src/cli/help/exit-codes.ts';
import { defaultText, spelling } from '../../src/cli/help/option-text.ts';
import { settingMeanings } from '../../src/cli/help/topics.ts';
import { commandLine, commandNames, commandTable, usageOf } from '../../src/cli/options/command-table.ts';
import type { CommandRow } from '../../src/cli/options/command-table.ts';
import { optionGroups } from '../../src/cli/options/option-row.ts';
import type { CommandName, OptionRow } from '../../src/cli/options/option-row.ts';
import { rowsOf } from '../../src/cli/options/option-table.ts';

/** "diskwhy-tmp"; the page of the default command has the name of the program. */
export function pageName(command: CommandName): string {
  return commandLine(command).replace(' ', '-');
}

export function manPage(command: CommandName, version: string): string {
  const { operands, summary, examples }: CommandRow = commandTable[command];
  const rows = rowsOf(command);
  const groups = optionGroups.map((group) => ({ group, own: rows.filter((row) => row.group === group) }));
  const without = operands.without === undefined ? '' : ` Without one: ${operands.without}.`;
  return `${[
    `.TH ${pageName(command).toUpperCase()} 1 "" "diskwhy ${version}" "User Commands"`,
    '.SH NAME',
    roff(`${pageName(command)} - ${summary}`),
    '.SH SYNOPSIS',
    `.B ${roff(commandLine(command))}`,
    roff(`[OPTION]… ${usageOf(command).slice(commandLine(command).length + 1)}`),
    '.SH DESCRIPTION',
    roff(`${operands.placeholder}: ${operands.help}.${without}`),
    '.PP',
    roff('Options may stand before or behind the command and its operands; -- ends them.'),
    '.SH OPTIONS',
    ...groups.flatMap(({ group, own }) =>
      own.length === 0 ? [] : [`.SS ${group}`, ...own.flatMap(optionLines)],
    ),
    ...(command === 'explain' ? commandLines() : []),
    '.SH EXAMPLES',
    ...examples.flatMap(([line, meaning]) => ['.TP', `.B ${roff(line)}`, roff(meaning)]),
    ...(command === 'explain' ? settingLines() : []),
    '.SH EXIT STATUS',
    ...exitCodeMeanings.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, roff(meaning)]),
    '.SH SEE ALSO',
    commandNames
      .filter((name) => name !== command)
      .map((name) => `.BR ${roff(pageName(name))} (1)`)
      .join(' ,\n'),
  ].join('\n')}\n`;
}

function commandLines(): string[] {
  return [
    '.SH COMMANDS',
    ...namedCommands.flatMap((name) => [
      '.TP',
      `.B ${roff(usageOf(name))}`,
      roff(commandTable[name].summary),
    ]),
  ];
}

function settingLines(): string[] {
  return [
    '.SH FILES AND ENVIRONMENT',
    ...settingMeanings.flatMap(([what, meaning]) => ['.TP', `.B ${roff(what)}`, roff(meaning)]),
  ];
}

function optionLines(row: OptionRow): string[] {
  const without = defaultText(row);
  const notes = [
    row.help,
    ...(row.type !== 'flag' && row.repeatable === true ? ['repeatable'] : []),
    ...(without === undefined ? [] : [`default: ${without}`]),
  ].join('; ');
  const more = row.more === undefined ? '' : ` ${row.more}`;
  const negation = row.type === 'flag' ? undefined : row.negation;
  return [
    '.TP',
    `.B ${roff(spelling(row))}`,
    roff(`${notes}.${more}`),
    ...(negation ? ['.TP', `.B ${roff(`--no-${row.name}`)}`, roff(`${negation.help}.`)] : []),
  ];
}

/** Text that troff takes as it is: its escape character, its dashes, and a line that could be a request. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', String.raw`\e`).replaceAll('-', String.raw`\-`);
  return /^[.']/u.test(escaped) ? String.raw`\&${escaped}` : escaped;
}
