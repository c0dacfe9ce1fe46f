/** Files that the kernel itself holds for somebody: locks, loop devices, swap. None of them needs an open descriptor. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fromBytes, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { deviceNumber, fileId, fileIdOfStats } from '../model/file-id.ts';
import type { FileId } from '../model/file-id.ts';
import { unescapeOctal } from './mounts.ts';

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
    const match =
      /^\d+: (?:-> )?(\S+)\s+\S+\s+\S+\s+(-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /u.exec(line);
    if (!match) return [];
    const [, kind, pid, major, minor, inode] = match;
    const device = deviceNumber(`${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`);
    const number = BigInt(inode);
    const id = fileId(device, Number(number >> 32n), Number(number & 0xffff_ffffn));
    return [{ id, pid: Number(pid), kind }];
  });
}

/** A file in use as a disk. */
export interface DiskFile {
  /** As it was called when it was set up. */
  readonly path: ByteString;
  /** Undefined where the path leads nowhere here. */
  readonly id: FileId | undefined;
  /** "loop3" or "swap". */
  readonly user: string;
}

/** Files behind loop devices and swap. */
export function readDiskFiles(): DiskFile[] {
  return [...loopFiles(), ...swapFiles()].map(({ path, user }) => ({ path, user, id: idOf(path) }));
}

function loopFiles(): Omit<DiskFile, 'id'>[] {
  let devices: string[];
  try {
    devices = readdirSync('/sys/block').filter((name) => name.startsWith('loop'));
  } catch {
    return [];
  }
  return devices.flatMap((user) => {
    try {
      const text = fromBytes(readFileSync(`/sys/block/${user}/loop/backing_file`));
      return [{ path: text.replace(/\n$/u, '') as ByteString, user }];
    } catch {
      return [];
    }
  });
}

/** /proc/swaps (proc_swaps(5)). */
function swapFiles(): Omit<DiskFile, 'id'>[] {
  try {
    const [, ...lines] = fromBytes(readFileSync('/proc/swaps')).split('\n');
    return lines.flatMap((line) => {
      const [path = '', type] = line.split(/\s+/u);
      return type === 'file' ? [{ path: unescapeOctal(path), user: 'swap' }] : [];
    });
  } catch {
    return [];
  }
}

function idOf(path: ByteString): FileId | undefined {
  try {
    return fileIdOfStats(statSync(toBuffer(path), { bigint: true }));
  } catch {
    return undefined;
  }
}
