/** Which programs run right now, by the names /proc shows. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { processIds } from './process-ids.ts';

/**
 * The pids of each name in /proc/PID/comm: 15 bytes at most, and a program may change it. Empty where there is no
 * /proc; processes hidden from this user are missed.
 */
export function runningPrograms(): Map<string, number[]> {
  const running = new Map<string, number[]>();
  for (const pid of processIds()) {
    const program = programOf(pid);
    if (program === undefined) continue;
    const known = running.get(program);
    if (known) known.push(pid);
    else running.set(program, [pid]);
  }
  return running;
}

/** Whether a process with this pid exists. */
export function isRunning(pid: number): boolean {
  return programOf(pid) !== undefined;
}

/** Undefined where the process has ended meanwhile. */
function programOf(pid: number): ByteString | undefined {
  try {
    return fromBytes(readFileSync(`/proc/${pid}/comm`)).replace(/\n$/u, '') as ByteString;
  } catch {
    return undefined;
  }
}
