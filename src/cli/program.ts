/** Reads what is asked for, runs it, and turns what went wrong into one line and an exit code. */
import { ExitCode, UsageError } from '../model/errors.ts';
import { warmUp } from '../scan/crew/warm-up.ts';
import { processorCount } from '../system/machine/machine.ts';
import { readWords } from './command-line/read-words.ts';
import { commands } from './commands.ts';
import { OutputError } from './output.ts';
import type { CommandName } from './options/option-row.ts';
import type { Request } from './options/typed-options.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { printVersion } from './version.ts';

/** Runs the process's command line and sets its exit code. */
export async function runProgram(): Promise<void> {
  const words = readWords();
  // Threads start while the command line is read; if it turns out that nothing is scanned, nobody takes them.
  if (!words.some((word) => NO_SCAN.has(word))) warmUp(Math.min(processorCount(), MOST_WARM) - 1);
  const terminal = openTerminal();
  try {
    const { readRequest } = await import('./command-line/read-request.ts');
    process.exitCode = await run(readRequest(words), terminal);
  } catch (error) {
    process.exitCode = await report(error, terminal);
  }
}

/** Words that most likely ask for something else than a scan. */
const NO_SCAN: ReadonlySet<string> = new Set(['--help', '-h', 'help', 'completion', 'log']);
/** More threads than this are only worth it where a tree has proved large. */
const MOST_WARM = 4;

async function run(request: Request, terminal: Terminal): Promise<ExitCode> {
  const { help, shortHelp, version } = request.options;
  if (help || shortHelp) {
    const { printHelp } = await import('./commands/help.ts');
    return await printHelp(request.command, help ? 'long' : 'short', terminal);
  }
  return version ? printVersion() : await runCommand(request, terminal);
}

async function runCommand<Name extends CommandName>(
  request: Request<Name>,
  terminal: Terminal,
): Promise<ExitCode> {
  const runIt = await commands[request.command]();
  return await runIt(request, terminal);
}

async function report(error: unknown, terminal: Terminal): Promise<ExitCode> {
  const { displayName, escapeText } = await import('../render/terminal/escape.ts');
  if (error instanceof UsageError) {
    const path = error.path === undefined ? '' : `${displayName(error.path)}: `;
    terminal.writeError(`diskwhy: ${path}${escapeText(error.message)}\n`);
    return error.exitCode;
  }
  if (error instanceof OutputError) {
    terminal.writeError(`diskwhy: ${error.message}\n`);
    return ExitCode.partial;
  }
  // Nothing a user did: a stack helps whoever mends it.
  terminal.writeError(`diskwhy: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.usage;
}
