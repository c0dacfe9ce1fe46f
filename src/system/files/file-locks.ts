/** Locks on files, as the kernel lists them: a lock outlives the process that took it where another has inherited it. */
import { readFileSync } from 'node:fs';
import { deviceNumber, fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';

export interface FileLock {
  readonly id: FileId;
  /** Who took it: possibly dead while another process has inherited the lock; -1 where it cannot be told. */
  readonly pid: number;
  /** "FLOCK", "POSIX", "OFDLCK", "LEASE"… */
  readonly kind: string;
}

/** /proc/locks (proc_locks(5)); undefined where it cannot be read. Waiting requests come with what they wait for. */
export function readFileLocks(): FileLock[] | undefined {
  try {
    return parseLocks(readFileSync('/proc/locks', 'latin1'));
  } catch {
    return undefined;
  }
}

/** Parses `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`: device in hexadecimal, inode in decimal. */
export function parseLocks(table: string): FileLock[] {
  return table.split('\n').flatMap((line) => {
    const match = /^\d+: (?:-> )?(\S+)\s+\S+\s+\S+\s+(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /u.exec(line);
    if (!match) return [];
    const [, kind, pid, major, minor, inode] = match;
    const device = deviceNumber(`${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`);
    const number = BigInt(inode);
    const id = fileId(device, Number(number >> 32n), Number(number & 0xffff_ffffn));
    return [{ id, pid: Number(pid), kind }];
  });
}
