/** Runs one program for a person who watches, without a shell. */
import { spawn } from 'node:child_process';
import { isText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Standard error: what the program says goes there, because standard output is for results. */
const STDERR = 2;

/**
 * The program's exit status; undefined where it could not be started or was ended by a signal. Node passes words as
 * UTF-8, so one that is none cannot be passed: nothing is run then.
 */
export async function runCommand(
  argv: readonly ByteString[],
  signal: AbortSignal,
): Promise<number | undefined> {
  if (!argv.every(isText)) return undefined;
  const [program, ...words] = argv.map(toText);
  return await new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['inherit', STDERR, STDERR], signal });
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve(status ?? undefined));
  });
}
