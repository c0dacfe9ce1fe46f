/** Runs a command in a real tmux of a given size: what is asserted is what capture-pane shows. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TmuxSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The screen once the command has ended, without trailing spaces and empty lines; what tmux wrapped is one line again, and
 * what has scrolled away is not on it.
 * @param folder of the test, for the socket. @param command words of a shell.
 */
export async function screenInTmux(
  command: string,
  { columns, rows }: TmuxSize,
  folder: string,
): Promise<string[]> {
  const server = ['-S', `${folder}/tmux-${columns}x${rows}`, '-f', '/dev/null'];
  const ended = `ended-${columns}`;
  const tmux = async (...words: readonly string[]): Promise<string> =>
    (await run('tmux', [...server, ...words], { env: { ...process.env, TERM: 'xterm-256color' } })).stdout;
  try {
    // The pane stays, so that its screen can be read; wait-for returns when the command has signalled its end.
    const shell = `${command}; tmux ${server.join(' ')} wait-for -S ${ended}; exec sleep 60`;
    await tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), shell);
    await tmux('wait-for', ended);
    return (await tmux('capture-pane', '-p', '-J'))
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  } finally {
    execFileSync('tmux', [...server, 'kill-server']);
  }
}
