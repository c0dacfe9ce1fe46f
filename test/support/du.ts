/** du(1) as an oracle: what a path holds, each inode once, on one filesystem. */
import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptions } from 'node:child_process';

export interface DuTotals {
  readonly diskBytes: number;
  readonly entries: number;
}

/** As another user with `options`; what cannot be read is left out, as du does. */
export function du(path: string | Buffer, options: Pick<ExecFileSyncOptions, 'uid' | 'gid'> = {}): DuTotals {
  return { diskBytes: run(['-B1'], path, options), entries: run(['--inodes'], path, options) };
}

function run(what: readonly string[], path: string | Buffer, options: ExecFileSyncOptions): number {
  // A name of any bytes reaches du on stdin only: arguments of child processes are text.
  const output = execFileSync(
    'sh',
    ['-c', 'du -s -x "$@" --files0-from=- 2>/dev/null || true', 'du', ...what],
    {
      ...options,
      input: Buffer.from(path),
      encoding: 'latin1',
    },
  );
  return Number(/^\d+/u.exec(output)?.[0]);
}
