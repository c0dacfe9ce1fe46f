/** du(1) as an oracle: what a path holds, each inode once, on one filesystem. */
import { spawnSync } from 'node:child_process';
import type { SpawnSyncOptions } from 'node:child_process';

export interface DuTotals {
  readonly diskBytes: number;
  readonly entries: number;
}

/** As another user with `options`; what cannot be read is left out, as du does. */
export function du(path: string | Buffer, options: Pick<SpawnSyncOptions, 'uid' | 'gid'> = {}): DuTotals {
  return { diskBytes: run('-B1', path, options), entries: run('--inodes', path, options) };
}

/** A name of any bytes reaches du on stdin only: arguments of child processes are text. */
function run(what: string, path: string | Buffer, options: SpawnSyncOptions): number {
  const { stdout } = spawnSync('du', ['-s', '-x', what, '--files0-from=-'], {
    ...options,
    input: Buffer.from(path),
    encoding: 'latin1',
  });
  return Number(/^\d+/u.exec(stdout)?.[0]);
}
