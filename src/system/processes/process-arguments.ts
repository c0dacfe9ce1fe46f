/** What a process was started with: its arguments and its environment (proc_pid_cmdline(5), proc_pid_environ(5)). */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Its arguments; none where it is gone. */
export function commandLineOf(pid: number): ByteString[] {
  return wordsOf(pid, 'cmdline');
}

/** The value of an environment variable it was started with; undefined where it has none, or others may not look. */
export function environmentOf(pid: number, name: string): ByteString | undefined {
  const start = `${name}=`;
  const found = wordsOf(pid, 'environ').find((word) => word.startsWith(start));
  return found?.slice(start.length) as ByteString | undefined;
}

function wordsOf(pid: number, file: string): ByteString[] {
  try {
    return fromBytes(readFileSync(`/proc/${pid}/${file}`))
      .split('\0')
      .slice(0, -1) as ByteString[];
  } catch {
    return [];
  }
}
