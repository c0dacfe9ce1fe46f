/** What the machine lets this process use: processors and descriptors. */
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Processors this process may run on. */
export function processorCount(): number {
  return availableParallelism();
}

/** How many descriptors this process may have open (proc_pid_limits(5)); 256 where it cannot be told. */
export function descriptorLimit(): number {
  try {
    const line = /^Max open files\s+(\d+|unlimited)/mu.exec(readFileSync('/proc/self/limits', 'latin1'));
    if (!line) return 256;
    return line[1] === 'unlimited' ? 1_048_576 : Number(line[1]);
  } catch {
    return 256;
  }
}

/** What this process has used so far, all threads together. */
export interface ProcessorUse {
  readonly milliseconds: number;
  /** For how long threads could have run and other programs had the processors; 0 where the kernel does not say. */
  readonly queuedMilliseconds: number;
  /** Blocks of 512 bytes read from disks, not from memory (getrusage(2), ru_inblock). */
  readonly diskBlocks: number;
}

export function processorUse(): ProcessorUse {
  const { userCPUTime, systemCPUTime, fsRead } = process.resourceUsage();
  return {
    milliseconds: (userCPUTime + systemCPUTime) / 1000,
    queuedMilliseconds: queuedMilliseconds(),
    diskBlocks: fsRead,
  };
}

/** The second number of each thread's schedstat: nanoseconds on a run queue (Documentation/scheduler/sched-stats.rst). */
function queuedMilliseconds(): number {
  let nanoseconds = 0;
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const [, queued] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ');
      nanoseconds += Number(queued);
    }
  } catch {
    // A thread that has ended, or a kernel without these figures: what was added up so far.
  }
  return nanoseconds / 1e6;
}
