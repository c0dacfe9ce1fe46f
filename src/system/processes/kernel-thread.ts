/** Which processes are threads of the kernel: they have no program and no descriptors, so nothing of them is hidden. */
import { readFileSync } from 'node:fs';

/** PF_KTHREAD in the flags of /proc/PID/stat (proc_pid_stat(5), include/linux/sched.h). */
const KERNEL_THREAD = 0x0020_0000;
const FLAGS_FIELD = 6;

/** True as well for a process that has ended. */
export function isKernelThread(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[FLAGS_FIELD]) & KERNEL_THREAD) !== 0;
  } catch {
    return true;
  }
}
