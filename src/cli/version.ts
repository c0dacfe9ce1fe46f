/** The version of this program, as package.json says. */
import { readFileSync, writeSync } from 'node:fs';
import { ExitCode } from '../model/errors.ts';

export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
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
