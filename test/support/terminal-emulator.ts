/** Runs the program on a pseudo-terminal behind a terminal emulator: what is asserted is the screen, as a person sees it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import headless from '@xterm/headless';
import { program } from './diskwhy.ts';

export interface Emulated extends AsyncDisposable {
  /** The lines of the screen, without trailing spaces. */
  readonly screen: () => string[];
  /** Resolves with the screen once it is as wanted; rejects where the program ended without it. */
  readonly until: (isWanted: (screen: readonly string[]) => boolean) => Promise<string[]>;
  /** Resolves once some line holds `text`. */
  readonly shows: (text: string) => Promise<string[]>;
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  readonly pid: () => number;
  /** stty -g of the terminal now, and before the program began. */
  readonly modes: () => Promise<string>;
  readonly modesBefore: () => string;
  /** Everything the program sent. */
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly finished: () => Promise<number>;
}

export interface EmulatorOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** A test that waits for what never comes is to say what it saw instead. */
const PATIENCE_MS = 20_000;
const SHELL_WORD = /^[\w/.=:,@%+-]+$/u;

function quoted(word: string): string {
  return SHELL_WORD.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** @param cwd a folder of the test, in which its notes are left. */
export function inEmulator(
  args: readonly string[],
  { columns = 80, rows = 24, cwd, env = {}, nodeOptions = [] }: EmulatorOptions,
): Emulated {
  const notes = `${cwd}/.terminal`;
  const command = [process.execPath, ...nodeOptions, program, ...args].map(quoted).join(' ');
  writeFileSync(
    `${notes}.sh`,
    `cd ${quoted(cwd)}; stty cols ${columns} rows ${rows}; tty > ${notes}.tty; stty -g > ${notes}.before
sh -c 'echo $$ > ${notes}.pid; exec "$@"' sh ${command}
echo $? > ${notes}.code`,
  );
  const child = spawn('script', ['--quiet', '--return', '--command', `sh ${notes}.sh`, '/dev/null'], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const waiting = new Set<() => void>();
  let output = '';
  let hasEnded = false;
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    terminal.write(chunk, wake);
  });
  const closed = once(child, 'close').then(() => {
    hasEnded = true;
    wake();
  });
  const screen = (): string[] =>
    Array.from({ length: terminal.rows }, (_, row) =>
      (
        terminal.buffer.active
          .getLine(terminal.buffer.active.viewportY + row)
          ?.translateToString(true, 0, terminal.cols) ?? ''
      ).trimEnd(),
    );
  const until = async (isWanted: (lines: readonly string[]) => boolean): Promise<string[]> => {
    const patientUntil = performance.now() + PATIENCE_MS;
    for (;;) {
      const lines = screen();
      if (isWanted(lines)) return lines;
      if (hasEnded) throw new Error(`it ended with the screen\n${lines.join('\n')}`);
      if (performance.now() > patientUntil) throw new Error(`it stays at the screen\n${lines.join('\n')}`);
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        setTimeout(resolve, PATIENCE_MS).unref();
      });
    }
  };
  const read = (note: string): string => readFileSync(`${notes}.${note}`, 'utf8').trim();
  const stty = async (words: readonly string[]): Promise<string> => {
    const asked = spawn('stty', ['-F', read('tty'), ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    asked.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    await once(asked, 'close');
    return said.trim();
  };
  return {
    screen,
    until,
    shows: (text) => until((lines) => lines.some((line) => line.includes(text))),
    type: (keys) => void child.stdin.write(keys),
    resize: async (cols, lines) => {
      terminal.resize(cols, lines);
      await stty(['cols', String(cols), 'rows', String(lines)]);
    },
    pid: () => Number(read('pid')),
    modes: () => stty(['-g']),
    modesBefore: () => read('before'),
    output: () => output,
    finished: async () => {
      await closed;
      return Number(read('code'));
    },
    [Symbol.asyncDispose]: async () => {
      if (!hasEnded && existsSync(`${notes}.pid`)) {
        try {
          process.kill(Number(read('pid')), 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
      child.stdin.end();
      child.kill();
      await closed;
      terminal.dispose();
    },
  };
}
