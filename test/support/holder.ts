/** Real processes that hold files, ended when the test ends. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, statSync } from 'node:fs';

export interface Holder extends Disposable {
  readonly pid: number;
}

export interface HolderOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
  /** A command line that replaces itself with the shell, e.g. ['unshare', '--mount']. */
  readonly under?: readonly string[];
}

/**
 * A shell that runs `setup` and then waits. `setup` sees `files` as "$1", "$2", …, e.g. `exec 5<"$1" 6<"$1"`; what it
 * redirects stays open.
 */
export async function startHolder(
  setup: string,
  files: readonly string[],
  { under = [], ...options }: HolderOptions = {},
): Promise<Holder> {
  const [command, ...rest] = [...under, 'sh', '-c', `${setup}\necho ready\nread -r _`, 'sh', ...files];
  // Waiting for its input's end, it never outlives the test run.
  return ready(
    spawn(command, rest, {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...options,
    }),
  );
}

/** A process that runs `program`, a copy of cat(1) whatever its name, so that its file is mapped and not open. */
export async function startProgram(program: string, options: HolderOptions = {}): Promise<Holder> {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  child.stdin.write('ready\n');
  return ready(child);
}

async function ready(child: ChildProcess): Promise<Holder> {
  await once(child.stdout!, 'data');
  return {
    pid: child.pid!,
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
    },
  };
}

/** A program to start by `startProgram`, of exactly so many bytes, all of them data. */
export function writeProgram(path: string, bytes: number): void {
  copyFileSync('/bin/cat', path);
  appendFileSync(path, Buffer.alloc(bytes - statSync(path).size, 'x'));
}
