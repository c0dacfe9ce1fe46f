/** Which programs run, by the name the kernel keeps of them. */
import { readdirSync } from 'node:fs';
import { readText } from './config-files.ts';

/** /proc/PID/comm of every process → their pids. Empty where there is no /proc. */
export function readRunningCommands(): Map<string, number[]> {
  const commands = new Map<string, number[]>();
  let pids: number[] = [];
  try {
    pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return commands;
  }
  for (const pid of pids) {
    const command = readText(`/proc/${pid}/comm`)?.replace(/\n$/u, '');
    if (command === undefined) continue;
    const known = commands.get(command);
    if (known) known.push(pid);
    else commands.set(command, [pid]);
  }
  return commands;
}

/** Whether a process with this pid exists. */
export function isRunning(pid: number): boolean {
  return readText(`/proc/${pid}/comm`) !== undefined;
}
