/** How much memory there is and what it holds. */
import { readFileSync } from 'node:fs';

/** proc_meminfo(5), in bytes. */
export interface Memory {
  readonly totalBytes: number;
  /** What programs could still get without swapping. */
  readonly availableBytes: number;
  /** Files on tmpfs and shared memory of programs. */
  readonly sharedBytes: number;
  readonly swapUsedBytes: number;
}

const KIBIBYTE = 1024;

/** Undefined where there is no /proc. */
export function readMemory(): Memory | undefined {
  let text: string;
  try {
    text = readFileSync('/proc/meminfo', 'latin1');
  } catch {
    return undefined;
  }
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, 'mu').exec(text)?.[1] ?? 0) * KIBIBYTE;
  return {
    totalBytes: bytes('MemTotal'),
    availableBytes: bytes('MemAvailable'),
    sharedBytes: bytes('Shmem'),
    swapUsedBytes: bytes('SwapTotal') - bytes('SwapFree'),
  };
}
