/** `--help` and `-h`: what a command is for, its options, and examples that work when they are pasted. */
import { wrapWords } from '../../render/terminal/wrap.ts';
import { commandLine, commandNames, commandTable, usageOf } from '../options/command-table.ts';
import type { CommandRow } from '../options/command-table.ts';
import { optionGroups } from '../options/option-row.ts';
import type { CommandName, OptionRow } from '../options/option-row.ts';
import { rowsOf } from '../options/option-table.ts';
import { helpText, spelling } from './option-text.ts';

/** Longest spelling that leaves its meaning room on the same line. */
const OPTION_COLUMNS = 21;

/** Everything there is to a command. */
export function longHelp(command: CommandName, width: number): string[] {
  const { operands, examples }: CommandRow = commandTable[command];
  const without = operands.without === undefined ? '' : ` [${operands.without}]`;
  const rows = rowsOf(command);
  return [
    ...heading(command, width),
    '',
    ...row(operands.placeholder, operands.help + without, width),
    ...optionGroups.flatMap((group) => {
      const own = rows.filter((one) => one.group === group);
      return own.length === 0 ? [] : ['', group, ...own.flatMap((one) => optionLines(one, width))];
    }),
    '',
    'Examples',
    ...examples.flatMap(([line, meaning]) => [`  ${line}`, ...wrapWords('      ', meaning, width)]),
    ...(command === 'explain' ? ['', 'Commands', ...commandLines(width)] : []),
    '',
    ...wrapWords('', EXIT_CODES, width),
    ...wrapWords('', MORE, width),
  ];
}

/** What is used most, on one screen of 80 columns and 24 lines. */
export function shortHelp(command: CommandName, width: number): string[] {
  const { examples }: CommandRow = commandTable[command];
  const often = rowsOf(command).filter((one) => one.often === true);
  const [first, second] = examples;
  const others = rowsOf(command).filter((one) => one.often !== true && one.name.length > 1);
  return [
    ...heading(command, width),
    ...(command === 'explain' ? ['', ...wrapWords('  commands  ', otherCommands, width)] : []),
    '',
    ...often.flatMap((one) => optionLines(one, width)),
    ...wrapWords('  also  ', others.map(spelling).join('  '), width),
    '',
    ...[first, second].map(([line]) => `  ${line}`),
    ...wrapWords('', `${EXIT_CODES}  ${commandLine(command)} --help says more.`, width),
  ];
}

const otherCommands = commandNames.filter((one) => one !== 'explain').join('  ');

const EXIT_CODES =
  'Exit codes: 0 done, 1 found, 2 wrong usage, 3 partly unread or not deleted, 130 interrupted.';
const MORE =
  'Options may stand anywhere; -- ends them. More: diskwhy help COMMAND, diskwhy help sizes, diskwhy help exit-codes, diskwhy help json.';

function heading(command: CommandName, width: number): string[] {
  return wrapWords('usage: ', `${usageOf(command)}   ${commandTable[command].summary}`, width);
}

function commandLines(width: number): string[] {
  return commandNames
    .filter((name) => name !== 'explain')
    .flatMap((name) => row(usageOf(name), commandTable[name].summary, width, 28));
}

function optionLines(one: OptionRow, width: number): string[] {
  const lines = row(spelling(one), helpText(one), width);
  const negation = one.type === 'flag' ? undefined : one.negation;
  return negation ? [...lines, ...row(`--no-${one.name}`, negation.help, width)] : lines;
}

/** A name and what is said of it beside it, or below where it is long. */
function row(name: string, text: string, width: number, columns = OPTION_COLUMNS): string[] {
  const label = `  ${name.padEnd(columns)}  `;
  if (name.length <= columns) return wrapWords(label, text, width);
  return [`  ${name}`, ...wrapWords(' '.repeat(columns + 4), text, width)];
}
