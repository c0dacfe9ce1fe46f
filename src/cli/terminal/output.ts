/** Standard output: all of it arrives, or it is said why not. */
import { fstatSync, writeSync } from 'node:fs';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { STDOUT, terminalAt } from './terminal-at.ts';

/** Where the output goes takes no more: the disk is full, or fails. Not for a reader that has read enough. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

function failed(code: string): OutputError {
  return new OutputError(`standard output: ${errnoMessage(code)}`);
}

/**
 * Resolves when all is handed over, to false where nobody reads any more: a closed pipe or a terminal that went away is
 * no error. Rejects with OutputError.
 */
export type Print = (text: string | Uint8Array) => Promise<boolean>;

/** To be called once. */
export function openOutput(): Print {
  // A file needs no stream of Node's, which takes milliseconds to make.
  if (!isPipe(STDOUT) && !terminalAt(STDOUT, () => process.stdout)) return printToFile;
  // Each write is told of its own trouble.
  process.stdout.on('error', () => undefined);
  return printToStream;
}

function isPipe(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFIFO() || stats.isSocket();
}

function printToStream(text: string | Uint8Array): Promise<boolean> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => {
      const code = error ? (errorCode(error) ?? 'EIO') : undefined;
      const isGone =
        code === 'EPIPE' || code?.startsWith('ERR_STREAM') === true || (code === 'EIO' && stdout.isTTY);
      if (code === undefined) resolve(true);
      else if (isGone) resolve(false);
      else reject(failed(code));
    });
  });
}

/** A stream of Node's would take a short write for a whole one, and a full disk writes short. */
async function printToFile(text: string | Uint8Array): Promise<boolean> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(STDOUT, bytes, written);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw failed(code);
  }
  return true;
}
