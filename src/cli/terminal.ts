/** The process's surroundings, read once: streams, widths, colours, and the ways to print. Only cli/ has it. */
import type { ByteString } from '../model/byte-string.ts';
import { argumentReader } from './raw-arguments.ts';

export interface Terminal {
  readonly isOutputTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** Whether somebody can be asked: standard input and stderr are terminals. */
  readonly canAsk: boolean;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** What NO_COLOR (no-color.org), a dumb terminal and a pipe say; --color and --no-color override it. */
  readonly wantsColor: boolean;
  /** False where it was removed: then nothing can be named relative to it. */
  readonly hasWorkingDirectory: boolean;
  /** The bytes of an argument, also where they are not valid UTF-8. */
  readonly argumentBytes: (text: string) => ByteString;
  /** Writes to stdout; resolves when all is handed over, false where nobody reads any more. */
  readonly print: (text: string) => Promise<boolean>;
  /** Writes to stderr as it is. */
  readonly writeError: (text: string) => void;
  /** One line from standard input, undefined at its end or where `signal` comes first. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | undefined>;
}

export function openTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const noColor = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  // A closed pipe or terminal is no error: who read has read enough.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
  stderr.on('error', () => undefined);
  return {
    isOutputTerminal: stdout.isTTY,
    isErrorTerminal: stderr.isTTY,
    canAsk: process.stdin.isTTY && stderr.isTTY,
    width: stdout.columns || Number(env['COLUMNS']) || 100,
    wantsColor: stdout.isTTY && !noColor,
    hasWorkingDirectory: leaveMissingDirectory(),
    argumentBytes: argumentReader(),
    print: (text) =>
      new Promise((resolve) => {
        stdout.write(text, (error) => resolve(!error));
      }),
    writeError: (text) => stderr.write(text),
    ask,
  };
}

/** Node starts no thread in a directory that is gone: the root directory will do. False where that was needed. */
function leaveMissingDirectory(): boolean {
  try {
    process.cwd();
    return true;
  } catch {
    process.chdir('/');
    return false;
  }
}

async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // On a terminal readline takes Ctrl-C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ended = new AbortController();
  lines.on('close', () => ended.abort());
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    if (signal.aborted || ended.signal.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}
