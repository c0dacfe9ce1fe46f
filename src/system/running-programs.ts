/** Which programs run right now, by the names /proc shows. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * A pid for each name in /proc/PID/comm: 15 characters at most, and a program may change it. Empty where there is no
 * /proc; processes hidden from this user are missed.
 */
export function runningPrograms(): Map<string, number> {
  const running = new Map<string, number>();
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  } catch {
    return running;
  }
  for (const pid of pids) {
    const name = commandOf(pid);
    if (name !== undefined) running.set(name, Number(pid));
  }
  return running;
}

function commandOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    // Ended meanwhile.
    return undefined;
  }
}
