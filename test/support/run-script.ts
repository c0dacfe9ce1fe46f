/** Runs a few lines of TypeScript in a process of its own, from the checkout, and reads the JSON they print. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export interface ScriptOptions {
  readonly uid?: number;
  readonly gid?: number;
  /** A command line that runs the script, e.g. ['unshare', '--net']. */
  readonly under?: readonly string[];
}

export function runScript(script: string, { under = [], ...user }: ScriptOptions = {}): unknown {
  const node = [process.execPath, '--input-type=module-typescript', '--no-warnings', '--eval', script];
  const [command, ...rest] = [...under, ...node];
  const printed = execFileSync(command, rest, {
    cwd: path.resolve(import.meta.dirname, '../..'),
    encoding: 'utf8',
    ...user,
  });
  return JSON.parse(printed);
}
