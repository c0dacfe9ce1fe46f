/** Reads what is asked for, runs it, and turns what went wrong into one line and an exit code. */
import type { ByteString } from '../model/byte-string.ts';
import { ExitCode, UsageError } from '../model/errors.ts';
import { mountPointsToAsk, readMounts } from '../system/mounts/mounts.ts';
import { readCaller } from './invocation/caller.ts';
import { readWords } from './command-line/read-words.ts';
import { commands } from './commands.ts';
import { OutputError } from './terminal/output.ts';
import type { CommandName } from './options/option-row.ts';
import type { Request } from './options/typed-options.ts';
import { noSettings } from './settings/setting.ts';
import { readSettings } from './settings/settings.ts';
import { shapedTerminal } from './shaped-terminal.ts';
import { openTerminal } from './terminal/terminal.ts';
import type { Terminal } from './terminal/terminal.ts';
import { printVersion, readVersion } from './invocation/version.ts';

/** Runs the process's command line and sets its exit code. */
export async function runProgram(): Promise<void> {
  const words = readWords();
  const terminal = openTerminal();
  try {
    // Settings may lie in a home on a file server.
    if (mountPointsToAsk(readMounts()).size > 0)
      await (await import('./invocation/answering.ts')).askAllMounts();
    const { readRequest } = await import('./command-line/read-request.ts');
    const { uid } = readCaller();
    let settings = noSettings;
    const request = readRequest(words, () => (settings = readSettings(process.env, uid)));
    if (settings.passedOver.length > 0)
      (await import('./settings/tell-passed-over.ts')).tellPassedOver(request, settings.passedOver, (line) =>
        terminal.writeError(line),
      );
    if (!terminal.hasWorkingDirectory)
      (await import('./invocation/without-directory.ts')).refuseRelative(request);
    process.exitCode = await runInto(request, uid, terminal);
  } catch (error) {
    process.exitCode = await report(error, isCheck(words), terminal);
  }
}

/** Runs it with its output where `--output` says. */
async function runInto(request: Request, uid: number, terminal: Terminal): Promise<ExitCode> {
  const { options } = request;
  if (!('output' in options) || options.output === undefined || options.output === '-')
    return await run(request, await shapedTerminal(request, terminal, process.env));
  if (mountPointsToAsk(readMounts()).size > 0) {
    const { refuseSilent } = await import('./invocation/answering.ts');
    await refuseSilent(options.output, 'timeoutMs' in options ? options.timeoutMs : undefined);
  }
  const { openOutputFile } = await import('./terminal/output-file.ts');
  using file = openOutputFile(options.output, uid, 'quiet' in options && options.quiet, terminal);
  const code = await run(request, await shapedTerminal(request, file.terminal, process.env));
  file.finish(code !== ExitCode.interrupted);
  return code;
}

async function run(request: Request, terminal: Terminal): Promise<ExitCode> {
  const { help, shortHelp, version } = request.options;
  if (help || shortHelp) {
    const { printHelp } = await import('./commands/help.ts');
    return await printHelp(request.command, help ? 'long' : 'short', terminal);
  }
  if (!version) return await runCommand(request, terminal);
  if (!('output' in request.options) || request.options.output === undefined) return printVersion();
  await terminal.print(`${readVersion()}\n`);
  return ExitCode.done;
}

async function runCommand<Name extends CommandName>(
  request: Request<Name>,
  terminal: Terminal,
): Promise<ExitCode> {
  const runIt = await commands[request.command]();
  return await runIt(request, terminal);
}

/** Whether a monitoring system reads the answer: it wants one line from stdout, and its own codes. */
function isCheck(words: readonly ByteString[]): boolean {
  const dashes = words.indexOf('--' as ByteString);
  return words.slice(0, dashes < 0 ? undefined : dashes).includes('--check' as ByteString);
}

async function report(error: unknown, isForCheck: boolean, terminal: Terminal): Promise<ExitCode> {
  const { displayName, escapeText } = await import('../render/terminal/escape.ts');
  if (error instanceof UsageError) {
    const path = error.path === undefined ? '' : `${displayName(error.path) || "''"}: `;
    const message = `${path}${escapeText(error.message)}`;
    if (isForCheck) {
      const { printUnknown } = await import('./conditions/print-check.ts');
      return await printUnknown(message, terminal);
    }
    terminal.writeError(`diskwhy: ${message}\n`);
    return error.exitCode;
  }
  if (error instanceof OutputError) {
    terminal.writeError(`diskwhy: ${escapeText(error.message)}\n`);
    return ExitCode.partial;
  }
  // Nothing a user did: a stack helps whoever mends it.
  terminal.writeError(`diskwhy: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return ExitCode.usage;
}
