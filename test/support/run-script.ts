/** Runs a few lines of TypeScript in a process of its own, from the checkout, and reads the JSON they print. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export function runScript(
  script: string,
  user: { readonly uid?: number; readonly gid?: number } = {},
): unknown {
  const printed = execFileSync(
    process.execPath,
    ['--input-type=module-typescript', '--no-warnings', '--eval', script],
    { cwd: path.resolve(import.meta.dirname, '../..'), encoding: 'utf8', ...user },
  );
  return JSON.parse(printed);
}
