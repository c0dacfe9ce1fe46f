/** Processes that make files grow, each ended with all it has started. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Writing extends AsyncDisposable {
  readonly pid: number;
}

/** Runs a bash script in a process group of its own. @param words $1, $2… of the script. */
export function startScript(script: string, ...words: readonly string[]): Writing {
  const child: ChildProcess = spawn('bash', ['-c', script, 'writer', ...words], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
  });
  return {
    pid: child.pid!,
    [Symbol.asyncDispose]: async () => {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // Ended by itself, and so did its children.
      }
      await ended;
    },
  };
}

/** A program that dies and is started again: each life appends the same three lines. Ends with the test, also a killed one. */
export const RESPAWN_LOOP = `while [ -d /proc/$PPID ]; do
  awk -v pid=$RANDOM 'BEGIN { for (i = 0; i < 300; i++) {
    stamp = strftime("%Y-%m-%dT%H:%M:%S")
    print stamp " host worker[" pid "]: starting"
    print stamp " host worker[" pid "]: bind 0.0.0.0:8080: Address already in use"
    print stamp " host worker[" pid "]: exit 1" } }' >> "$1"
  read -t 0.02 <> <(:)
done`;

/** One process that keeps appending. */
export const STEADY_WRITER = `exec >> "$1"; line=$(printf 'x%.0s' {1..4000}); while [ -d /proc/$PPID ]; do echo "$line"; read -t 0.005 <> <(:); done`;
