/** Whether a command keeps its promise: what statfs shows before and after it was really run. */
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';

/** Bytes that a shell command gives back on the filesystem at `path`. @param available count what everybody may write (a smaller reserve), not what is used. */
export function bytesGivenBack(path: string, command: string, available = false): number {
  const before = freeBytes(path, available);
  execFileSync('bash', ['-ec', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  return freeBytes(path, available) - before;
}

function freeBytes(path: string, available: boolean): number {
  execFileSync('sync', ['-f', path]);
  const { bfree, bavail, bsize } = statfsSync(path);
  return (available ? bavail : bfree) * bsize;
}

/** Within 5 % of what was promised, as users are told. */
export function isKept(promised: number, given: number): boolean {
  return Math.abs(given - promised) <= promised * 0.05;
}
