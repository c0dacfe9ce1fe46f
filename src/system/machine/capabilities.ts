/** What the kernel allows this process beyond its user (capabilities(7)). */
import { readFileSync } from 'node:fs';

const CAP_SYS_PTRACE = 19n;

/** Whether it may look at what processes of other users hold (CAP_SYS_PTRACE); false where it cannot be told. */
export function maySeeAllProcesses(): boolean {
  try {
    const line = /^CapEff:\s*([0-9a-f]+)$/mu.exec(readFileSync('/proc/self/status', 'latin1'));
    return line !== null && ((BigInt(`0x${line[1]}`) >> CAP_SYS_PTRACE) & 1n) === 1n;
  } catch {
    return false;
  }
}
