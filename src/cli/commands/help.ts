/** `diskwhy help [TOPIC]`, `--help` and `-h`. */
import { toText } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import { longHelp, shortHelp } from '../help/help-lines.ts';
import { topicLines } from '../help/topics.ts';
import { commandNames, helpTopics } from '../options/command-table.ts';
import type { CommandName } from '../options/option-row.ts';
import type { Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Lines longer than this are hard to read, however wide the terminal. */
const MOST_COLUMNS = 100;

export async function runHelp({ operands }: Request<'help'>, terminal: Terminal): Promise<ExitCode> {
  const [word] = operands.map(toText);
  const topic = helpTopics.find((one) => one === word);
  if (topic !== undefined) return await print(topicLines(topic, widthOf(terminal)), terminal);
  return await printHelp(commandNames.find((name) => name === word) ?? 'explain', 'long', terminal);
}

export async function printHelp(
  command: CommandName,
  length: 'short' | 'long',
  terminal: Terminal,
): Promise<ExitCode> {
  return await print((length === 'long' ? longHelp : shortHelp)(command, widthOf(terminal)), terminal);
}

function widthOf({ width }: Terminal): number {
  return Math.min(MOST_COLUMNS, width);
}

async function print(lines: readonly string[], terminal: Terminal): Promise<ExitCode> {
  await terminal.print(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  return ExitCode.done;
}
