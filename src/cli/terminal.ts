/** The process's surroundings, read once: streams, widths, colours, and the ways to print. Only cli/ has it. */
import { colorsByEnvironment } from './colors.ts';
import { openOutput } from './output.ts';
import type { Print } from './output.ts';

export interface Terminal {
  readonly isOutputTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** Whether somebody can be asked: standard input and stderr are terminals. */
  readonly canAsk: boolean;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** What `--color` says, and the environment where that is auto. */
  readonly wantsColor: (when: 'auto' | 'always' | 'never') => boolean;
  /** False where it was removed: then nothing can be named relative to it. */
  readonly hasWorkingDirectory: boolean;
  /** Writes to stdout. */
  readonly print: Print;
  /** Writes to stderr as it is. */
  readonly writeError: (text: string) => void;
  /** One line from standard input, undefined at its end or where `signal` comes first. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | undefined>;
}

export function openTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  stderr.on('error', () => undefined);
  return {
    isOutputTerminal: stdout.isTTY,
    isErrorTerminal: stderr.isTTY,
    canAsk: process.stdin.isTTY && stderr.isTTY,
    width: stdout.columns || Number(env['COLUMNS']) || 100,
    wantsColor: (when) => (when === 'auto' ? colorsByEnvironment(env, stdout.isTTY) : when === 'always'),
    hasWorkingDirectory: leaveMissingDirectory(),
    print: openOutput(),
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
  // The terminal keeps its own ways of editing a line and of Ctrl-C, and needs not be given back.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
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
