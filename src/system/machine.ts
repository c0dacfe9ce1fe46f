/** What the machine lets this process use: processors, descriptors, and whether a disk has heads that move. */
import { readFileSync } from 'node:fs';
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

/** Processor time this process has used so far, all threads together, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Whether the block device "major:minor" is a rotating disk: its queue/rotational (sysfs-block), or its whole
 * disk's for a partition. False where it cannot be told.
 */
export function isRotational(device: string): boolean {
  for (const place of ['queue', '../queue']) {
    try {
      return readFileSync(`/sys/dev/block/${device}/${place}/rotational`, 'latin1').trim() === '1';
    } catch {
      // A partition has no queue of its own; tmpfs, network and overlay have no block device at all.
    }
  }
  return false;
}
