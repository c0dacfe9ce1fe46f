/** The program: decides which command is meant, runs it, and turns what went wrong into one line and an exit code. */
import { ExitCode, UsageError } from '../model/errors.ts';
import { warmUp } from '../scan/crew/warm-up.ts';
import { processorCount } from '../system/machine/machine.ts';
import { COMPLETE_REQUEST, commandName, commands } from './commands.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** Runs the process's command line and sets its exit code. */
export async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${readVersion()}\n`);
    return;
  }
  const terminal = openTerminal();
  try {
    process.exitCode = await run(argv, terminal);
  } catch (error) {
    process.exitCode = await report(error, terminal);
  }
}

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const name = commandName(argv);
  const asksForHelp = argv.some((argument) =>
    ['--help', '-h', 'completion', COMPLETE_REQUEST].includes(argument),
  );
  // Threads start while the options are read.
  if (commands[name].scans && !asksForHelp) warmUp(Math.min(processorCount(), MOST_WARM) - 1);
  const { parseArguments } = await import('./arguments.ts');
  const command = await commands[name].load();
  const others = asksForHelp
    ? await Promise.all(
        Object.keys(commands)
          .filter((other) => other !== name)
          .map((other) => commands[other].load()),
      )
    : [];
  const parsed = await parseArguments(argv, command, others, readVersion(), terminal);
  if ('text' in parsed) {
    await terminal.print(parsed.text);
    return ExitCode.done;
  }
  return command.run(parsed.values, terminal);
}

/** More threads than this are only worth it where a tree has proved large. */
const MOST_WARM = 4;

async function report(error: unknown, terminal: Terminal): Promise<ExitCode> {
  const { displayName, escapeText } = await import('../render/terminal/escape.ts');
  if (error instanceof UsageError) {
    const path = error.path === undefined ? '' : `${displayName(error.path)}: `;
    terminal.writeError(`diskwhy: ${path}${escapeText(error.message)}\n`);
    return error.exitCode;
  }
  // Nothing a user did: a stack helps whoever mends it.
  terminal.writeError(`diskwhy: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.usage;
}
