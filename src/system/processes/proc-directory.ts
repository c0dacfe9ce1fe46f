/** Looks through the links in /proc/PID: what each one stands for, not what its text says. */
import { readdirSync, statSync } from 'node:fs';
import { kernelDevice } from '../../model/file-id.ts';
import { DirentReader } from '../calls/dirent.ts';
import { errnoName, errorCode } from '../calls/errno.ts';
import { AT_FDCWD, loadLibc, OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { NAME_BYTES, NameMemory } from '../calls/name-memory.ts';
import { Statx } from '../calls/statx.ts';

/** What a link of /proc stands for. The object is reused: copy what must stay. */
export interface LinkTarget {
  readonly mode: number;
  readonly links: number;
  /** Of 512 bytes. */
  readonly blocks: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** major << 20 | minor. */
  readonly device: number;
  readonly inodeHigh: number;
  readonly inodeLow: number;
}

export interface ProcDirectory {
  /**
   * Visits the descriptors of a process; returns the errno's name where they cannot be listed. Those that are closed
   * meanwhile are passed over.
   */
  readonly visitDescriptors: (
    pid: number,
    visitor: (descriptor: number, target: LinkTarget) => void,
  ) => string | undefined;
  /** What one link stands for, e.g. /proc/1/cwd; undefined where it leads nowhere or may not be seen. */
  readonly look: (path: string) => LinkTarget | undefined;
}

/** System calls where they can be had, node:fs elsewhere. */
export function openProcDirectory(): ProcDirectory {
  const libc = loadLibc();
  return libc ? new FastProcDirectory(libc) : portable;
}

const DIRENT_BYTES = 32_768;

class FastProcDirectory implements ProcDirectory {
  readonly #libc: Libc;
  readonly #statx: Statx;
  readonly #entries = new Uint8Array(new ArrayBuffer(DIRENT_BYTES));
  readonly #entriesAt: number;
  readonly #reader: DirentReader;
  readonly #path: NameMemory;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#statx = new Statx(libc);
    this.#entriesAt = libc.addressOf(this.#entries);
    this.#reader = new DirentReader(this.#entries);
    this.#path = new NameMemory(libc);
  }

  visitDescriptors(
    pid: number,
    visitor: (descriptor: number, target: LinkTarget) => void,
  ): string | undefined {
    const libc = this.#libc;
    const directory = libc.openat(AT_FDCWD, this.#path.put(`/proc/${pid}/fd`), OPEN_DIRECTORY);
    if (directory < 0) return errnoName(libc.errno());
    try {
      for (;;) {
        const length = libc.getdents64(directory, this.#entriesAt, DIRENT_BYTES);
        if (length < 0) return errnoName(libc.errno());
        if (length === 0) return undefined;
        const reader = this.#reader;
        reader.reset(0, length);
        while (reader.advance()) {
          if (!this.#statx.lookThrough(directory, this.#entriesAt + reader.nameStart)) continue;
          visitor(this.#number(reader.nameStart, reader.nameEnd), this.#statx);
        }
      }
    } finally {
      libc.close(directory);
    }
  }

  look(path: string): LinkTarget | undefined {
    return path.length < NAME_BYTES && this.#statx.lookThrough(AT_FDCWD, this.#path.put(path))
      ? this.#statx
      : undefined;
  }

  #number(start: number, end: number): number {
    let value = 0;
    for (let i = start; i < end; i++) value = value * 10 + this.#entries[i] - ZERO;
    return value;
  }
}

const ZERO = 48;

const portable: ProcDirectory = {
  visitDescriptors(pid, visitor) {
    let names: string[];
    try {
      names = readdirSync(`/proc/${pid}/fd`);
    } catch (error) {
      return errorCode(error) ?? 'EIO';
    }
    for (const name of names) {
      const target = portable.look(`/proc/${pid}/fd/${name}`);
      if (target) visitor(Number(name), target);
    }
    return undefined;
  },
  look(path) {
    try {
      const { mode, nlink, blocks, size, mtimeMs, dev, ino } = statSync(Buffer.from(path, 'latin1'), {
        bigint: true,
      });
      return {
        mode: Number(mode),
        links: Number(nlink),
        blocks: Number(blocks),
        size: Number(size),
        mtime: Math.floor(Number(mtimeMs) / 1000),
        device: kernelDevice(Number(dev)),
        inodeHigh: Number(ino >> 32n),
        inodeLow: Number(ino & 0xffff_ffffn),
      };
    } catch {
      return undefined;
    }
  },
};
