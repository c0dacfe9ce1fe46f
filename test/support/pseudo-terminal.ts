/** Runs the program on a pseudo-terminal of its own, by way of script(1): what a person would see and type. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from './diskwhy.ts';

export interface TerminalSession {
  /** Resolves when `text` has appeared, rejects when the program ended without it. */
  readonly shows: (text: string) => Promise<void>;
  readonly type: (text: string) => void;
  readonly finished: () => Promise<{ readonly code: number | null; readonly output: string }>;
}

export const CONTROL_C = '\u0003';

/**
 * 80 columns.
 * @param redirect what a shell does with its streams, e.g. "2>/dev/null".
 */
export function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  redirect = '',
): TerminalSession {
  const words = [process.execPath, program, ...args].map(
    (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  const command = `stty cols 80 rows 24; exec ${words.join(' ')} ${redirect}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', SHELL: '/bin/sh', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    output += chunk;
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    shows: async (text) => {
      while (!output.includes(text)) {
        const ended = await Promise.race([
          once(child.stdout, 'data').then(() => false),
          closed.then(() => true),
        ]);
        if (ended && !output.includes(text)) throw new Error(`ended without showing ${text}: ${output}`);
      }
    },
    type: (text) => {
      child.stdin.write(text);
    },
    finished: async () => {
      const [code] = await closed;
      return { code, output };
    },
  };
}
