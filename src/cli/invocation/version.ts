/** The version of this program, as package.json says. */
import { readFileSync, writeSync } from 'node:fs';
import { ExitCode } from '../../model/errors.ts';

/** Written into a bundle when it is built; there is none where the source runs. */
declare const DISKWHY_VERSION: string | undefined;

export function readVersion(): string {
  if (typeof DISKWHY_VERSION === 'string') return DISKWHY_VERSION;
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Whether the command line asks for the version and nothing else. */
export function isVersionAsked(): boolean {
  const words = process.argv.slice(2);
  return words.length === 1 && (words[0] === '--version' || words[0] === '-V');
}

/** Prints it with nothing else loaded; where that fails, one line says why. */
export function printVersion(): ExitCode {
  try {
    writeSync(1, `${readVersion()}\n`);
    return ExitCode.done;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    // Who closed the pipe has read enough.
    if (code === 'EPIPE') return ExitCode.done;
    process.stderr.write(`diskwhy: standard output: ${code}\n`);
    return ExitCode.partial;
  }
}
