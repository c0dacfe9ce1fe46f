/** Which of some programs run right now, by the names /proc shows. */
import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProgram {
  /** /proc/PID/comm: 15 characters at most, and a program may change it. */
  readonly name: string;
  readonly pid: number;
}

/** One process per name that runs; none where there is no /proc. Processes hidden from this user are missed. */
export function runningPrograms(names: ReadonlySet<string>): RunningProgram[] {
  if (names.size === 0) return [];
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  } catch {
    return [];
  }
  const running = new Map<string, RunningProgram>();
  for (const pid of pids) {
    const name = commandOf(pid);
    if (name !== undefined && names.has(name) && !running.has(name))
      running.set(name, { name, pid: Number(pid) });
  }
  return [...running.values()];
}

function commandOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    // Ended meanwhile.
    return undefined;
  }
}
