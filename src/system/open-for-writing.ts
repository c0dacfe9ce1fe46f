/** Whether a process that has a file open may write to it. */
import { constants, readFileSync } from 'node:fs';

/** O_ACCMODE (open(2)). */
const ACCESS = constants.O_RDONLY | constants.O_WRONLY | constants.O_RDWR;

/** By the flags in /proc/PID/fdinfo (proc_pid_fdinfo(5)); undefined where they cannot be read. */
export function isOpenForWriting(pid: number, descriptor: number): boolean | undefined {
  try {
    const flags = /^flags:\s*([0-7]+)$/mu.exec(
      readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'latin1'),
    )?.[1];
    return flags === undefined ? undefined : (Number.parseInt(flags, 8) & ACCESS) !== constants.O_RDONLY;
  } catch {
    return undefined;
  }
}
