/**
 * What one process has open and how it uses it: the look at a few processes, where a scan of all of them with all
 * they hold (open-files.ts) would cost too much to be repeated every second.
 */
import {
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceNumber, fileId, fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { errorCode } from '../calls/errno.ts';

export interface OpenDescriptor {
  readonly descriptor: number;
  readonly id: FileId;
}

/** How a descriptor is used (proc_pid_fdinfo(5)). */
export interface DescriptorState {
  /** Bytes from the start; it moves with each write, but not with pwrite(2) or through a mapping. */
  readonly offset: number;
  readonly writable: boolean;
  /** O_APPEND: writes go to the end also after somebody truncated the file. */
  readonly appends: boolean;
}

/** What the process has open; `hidden` where this user may not look, `gone` where it has ended. */
export function descriptorsOf(pid: number): readonly OpenDescriptor[] | 'hidden' | 'gone' {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch (error) {
    const code = errorCode(error);
    return code === 'EACCES' || code === 'EPERM' ? 'hidden' : 'gone';
  }
  const open: OpenDescriptor[] = [];
  for (const name of names) {
    const id = descriptorFile(pid, Number(name));
    if (id !== undefined) open.push({ descriptor: Number(name), id });
  }
  return open;
}

/** The file behind a descriptor, also one without a name; undefined where it cannot be told. */
export function descriptorFile(pid: number, descriptor: number): FileId | undefined {
  try {
    const stats = statSync(`/proc/${pid}/fd/${descriptor}`, { bigint: true, throwIfNoEntry: false });
    return stats && fileIdOfStats(stats);
  } catch {
    return undefined;
  }
}

/** Up to `length` first bytes of what a descriptor shows, deleted or not; undefined where they cannot be read. */
export function descriptorStart(pid: number, descriptor: number, length: number): ByteString | undefined {
  try {
    const own = openSync(`/proc/${pid}/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.allocUnsafe(length);
      return fromBytes(buffer, 0, readSync(own, buffer, 0, length, 0));
    } finally {
      closeSync(own);
    }
  } catch {
    return undefined;
  }
}

/** What the kernel calls the open file: a path, "pipe:[4711]", "/dev/pts/0". */
export function descriptorName(pid: number, descriptor: number): ByteString | undefined {
  try {
    return fromBytes(readlinkSync(`/proc/${pid}/fd/${descriptor}`, { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}

export function readDescriptor(pid: number, descriptor: number): DescriptorState | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'latin1');
  } catch {
    return undefined;
  }
  const flags = Number.parseInt(/^flags:\s*([0-7]+)/mu.exec(text)?.[1] ?? '0', 8);
  return {
    offset: Number(/^pos:\s*(\d+)/mu.exec(text)?.[1] ?? 0),
    writable: (flags & ACCESS_MODE) !== 0,
    appends: (flags & APPEND) !== 0,
  };
}

/** O_ACCMODE and O_APPEND, the same on every Linux. */
const ACCESS_MODE = 3;
const APPEND = 0o2000;

/**
 * Bytes that the process's threads have handed to write(2) and its like so far (proc_pid_io(5)); undefined where that
 * is hidden. Of the threads, because the process's own figure counts children that have ended, too.
 */
export function bytesWritten(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    if (threads.length > MOST_THREADS) return writtenIn(`/proc/${pid}/io`);
    return threads.reduce((sum, thread) => sum + writtenIn(`/proc/${pid}/task/${thread}/io`), 0);
  } catch {
    return undefined;
  }
}

const MOST_THREADS = 100;

function writtenIn(file: string): number {
  return Number(/^wchar: (\d+)/mu.exec(readFileSync(file, 'latin1'))?.[1]);
}

/** A file mapped so that what is stored into memory reaches it. */
export interface SharedMapping {
  /** Its device is the filesystem's own: btrfs and overlayfs show another one in stat(2). */
  readonly id: FileId;
  readonly path: ByteString;
}

/** Writable shared mappings of files (proc_pid_maps(5)). */
export function sharedMappingsOf(pid: number): SharedMapping[] {
  let maps: ByteString;
  try {
    maps = fromBytes(readFileSync(`/proc/${pid}/maps`));
  } catch {
    return [];
  }
  const found: SharedMapping[] = [];
  for (const [, device, inode, path] of maps.matchAll(WRITABLE_SHARED)) {
    const [major, minor] = device.split(':').map((digits) => Number.parseInt(digits, 16));
    const number = BigInt(inode);
    const id = fileId(
      deviceNumber(`${major}:${minor}`),
      Number(number >> 32n),
      Number(number & 0xffff_ffffn),
    );
    found.push({ id, path: path as ByteString });
  }
  return found;
}

const WRITABLE_SHARED = /^\S+ .w.s \S+ ([0-9a-f]+:[0-9a-f]+) ([1-9]\d*)\s+(\/.*)$/gmu;
