/** The process's surroundings, read once: streams, widths, colours, and the ways to print. Only cli/ has it. */
import { openSync } from 'node:fs';
import { WriteStream } from 'node:tty';
import { colorsByEnvironment } from './colors.ts';
import { openOutput } from './output.ts';
import type { Print } from './output.ts';
import { STDERR, STDIN, STDOUT, isNull, terminalAt } from './terminal-at.ts';

export interface Terminal {
  readonly isOutputTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** Whether a terminal knows more than to print: TERM=dumb has no way to write over what is there (term(7)). */
  readonly canMove: boolean;
  /** Whether nobody will ever see what is written to stderr: it is /dev/null. */
  readonly isErrorLost: boolean;
  /** Whether somebody can be asked: standard input is a terminal. */
  readonly canAsk: boolean;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Its rows; 24 where there is none. */
  readonly height: number;
  /** Text in characters that are drawn here: as it is, or in ASCII. */
  readonly drawn: (text: string) => string;
  /** What `--color` says, and the environment where that is auto. */
  readonly wantsColor: (when: 'auto' | 'always' | 'never') => boolean;
  /** False where it was removed: then nothing can be named relative to it. */
  readonly hasWorkingDirectory: boolean;
  /** Writes to stdout. */
  readonly print: Print;
  /** Writes to stderr as it is. */
  readonly writeError: (text: string) => void;
  /**
   * One line from standard input, undefined at its end, where `signal` comes first, or where the question could not be
   * shown.
   */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | undefined>;
}

export function openTerminal(): Terminal {
  const { env } = process;
  const output = terminalAt(STDOUT, () => process.stdout);
  const isOutputTerminal = output !== undefined;
  return {
    isOutputTerminal,
    isErrorTerminal: terminalAt(STDERR, () => process.stderr) !== undefined,
    canMove: env['TERM'] !== 'dumb',
    isErrorLost: isNull(STDERR),
    canAsk: terminalAt(STDIN, () => process.stdin) !== undefined,
    width: output?.columns || Number(env['COLUMNS']) || 100,
    height: output?.rows || 24,
    drawn: (text) => text,
    wantsColor: (when) => (when === 'auto' ? colorsByEnvironment(env, isOutputTerminal) : when === 'always'),
    hasWorkingDirectory: leaveMissingDirectory(),
    print: openOutput(),
    writeError,
    ask,
  };
}

let isErrorWatched = false;

/** Nobody can be told that nobody can be told. */
function writeError(text: string): void {
  if (!isErrorWatched) process.stderr.on('error', () => undefined);
  isErrorWatched = true;
  process.stderr.write(text);
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

/** Where the person at standard input sees a question; undefined where that is nowhere. */
function questionOutput(): NodeJS.WritableStream | undefined {
  if (process.stderr.isTTY) return process.stderr;
  try {
    // The terminal that this process belongs to (tty(4)), wherever its streams go.
    return new WriteStream(openSync('/dev/tty', 'w'));
  } catch {
    return undefined;
  }
}

async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const output = questionOutput();
  if (!output) return undefined;
  const { createInterface } = await import('node:readline/promises');
  // The terminal keeps its own ways of editing a line and of Ctrl-C, and needs not be given back.
  const lines = createInterface({ input: process.stdin, output, terminal: false });
  const ended = new AbortController();
  lines.on('close', () => ended.abort());
  try {
    return await lines.question(question, { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    if (signal.aborted || ended.signal.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
    if (output instanceof WriteStream && output !== process.stderr) output.destroy();
  }
}
