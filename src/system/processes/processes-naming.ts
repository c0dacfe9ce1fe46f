/** Which processes were started with something in a directory: an interpreter runs from it without holding it open. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { processIds } from './process-ids.ts';
import { readProcess } from './process-identity.ts';

/** Pids of processes with an argument that is a path inside `directory`, this one and those that started it left out. */
export function processesNaming(directory: ByteString): number[] {
  const own = new Set(ownLine());
  return processIds().filter(
    (pid) => !own.has(pid) && argumentsOf(pid).some((word) => word.startsWith(`${directory}/`)),
  );
}

function argumentsOf(pid: number): string[] {
  try {
    return fromBytes(readFileSync(`/proc/${pid}/cmdline`)).split('\0');
  } catch {
    return [];
  }
}

function ownLine(): number[] {
  const line: number[] = [];
  for (let pid = process.pid; pid > 1 && !line.includes(pid); pid = readProcess(pid)?.parentPid ?? 0)
    line.push(pid);
  return line;
}
