/**
 * Asks the kernel itself whether anybody has a file open, which shows processes that cannot be seen: a write lease is
 * given only on a file that nobody else has open or mapped, in whatever namespace (fcntl(2), F_SETLEASE).
 */
import { constants } from 'node:os';
import { constants as fileConstants } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { DIRENT_TYPE, DirentReader } from '../calls/dirent.ts';
import { OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';

/** `open`: somebody has one of the files open. `unknown`: the kernel would not say of some file. */
export type ProbeAnswer = 'free' | 'open' | 'unknown';

/** Filesystems whose inodes count who has them open. An overlay's mappings hold another inode than its descriptors. */
export const COUNTS_OPENERS: ReadonlySet<string> = new Set([
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'f2fs',
  'tmpfs',
  'ramfs',
]);

/** AT_FDCWD: the probe starts from absolute paths. */
const NO_DIRECTORY = -100;
const O_NOATIME = 0o1000000;
const O_CLOEXEC = 0o2000000;
const OPEN_FILE =
  fileConstants.O_RDONLY | fileConstants.O_NOFOLLOW | fileConstants.O_NONBLOCK | O_NOATIME | O_CLOEXEC;
const SET_LEASE = 1024;
const WRITE_LEASE = 1;
const IGNORE = 1;
const BUFFER_BYTES = 64 * 1024;

/** A directory being probed: those in it wait by name until it is read to its end. */
interface Level {
  readonly descriptor: number;
  readonly directories: Buffer[];
  isRead: boolean;
}

/**
 * Probes files below one path after another, a slice at a time. The lease is held for microseconds: a program that opens the file just
 * then waits that long.
 */
export class OpenProbe {
  readonly #libc: Libc;
  readonly #buffer = new Uint8Array(new ArrayBuffer(BUFFER_BYTES));
  readonly #bufferAt: number;
  readonly #reader: DirentReader;
  readonly #levels: Level[] = [];
  #answer: ProbeAnswer = 'free';
  #passesOver: ((inodeLow: number) => boolean) | undefined;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#bufferAt = libc.addressOf(this.#buffer);
    this.#reader = new DirentReader(this.#buffer);
    // Whoever opens a leased file makes the kernel tell us by this signal, which would end the process.
    libc.signal(constants.signals.SIGIO, IGNORE);
  }

  /**
   * Begins anew; an earlier probe ends.
   * @param path a directory or a file, absolute, without links on the way.
   */
  begin(path: ByteString, isDirectory: boolean): void {
    this.close();
    this.#answer = 'free';
    this.#passesOver = undefined;
    const name = terminated(toBuffer(path));
    if (isDirectory) this.#enter(NO_DIRECTORY, name);
    else this.#probe(NO_DIRECTORY, this.#libc.addressOf(name));
  }

  /**
   * Begins anew with what an open directory holds; it need not stay open.
   * @param passesOver files that are not asked about, by the low half of their inode.
   */
  beginIn(directory: number, passesOver: (inodeLow: number) => boolean): void {
    this.close();
    this.#answer = 'free';
    this.#passesOver = passesOver;
    this.#enter(directory, terminated(Buffer.from('.')));
  }

  get answer(): ProbeAnswer {
    return this.#answer;
  }

  /** Goes on until `deadline` (of performance.now); false when there is nothing more to ask. */
  advance(deadline: number): boolean {
    while (this.#levels.length > 0) {
      if (this.#answer === 'open') {
        this.close();
        return false;
      }
      const level = this.#levels[this.#levels.length - 1];
      const next = level.isRead ? level.directories.pop() : undefined;
      if (!level.isRead) this.#read(level);
      else if (next) this.#enter(level.descriptor, next);
      else {
        this.#libc.close(level.descriptor);
        this.#levels.pop();
      }
      if (performance.now() > deadline) return true;
    }
    return false;
  }

  close(): void {
    for (const { descriptor } of this.#levels.splice(0)) this.#libc.close(descriptor);
  }

  #enter(above: number, name: Buffer): void {
    const libc = this.#libc;
    const descriptor = libc.openat(above, libc.addressOf(name), OPEN_DIRECTORY | O_NOATIME);
    if (descriptor < 0) {
      this.#doubt(libc.errno());
      return;
    }
    this.#levels.push({ descriptor, directories: [], isRead: false });
  }

  /** Probes some of the files of a directory: one buffer of names. */
  #read(level: Level): void {
    const libc = this.#libc;
    const { descriptor, directories } = level;
    const length = libc.getdents64(descriptor, this.#bufferAt, BUFFER_BYTES);
    if (length < 0) this.#doubt(libc.errno());
    level.isRead = length <= 0;
    const reader = this.#reader;
    reader.reset(0, Math.max(0, length));
    while (reader.advance() && this.#answer !== 'open') {
      const { type, nameStart, nameEnd } = reader;
      if (type === DIRENT_TYPE.directory)
        directories.push(terminated(this.#buffer.subarray(nameStart, nameEnd)));
      else if (type === DIRENT_TYPE.unknown) this.#answer = 'unknown';
      else if (type === DIRENT_TYPE.regular && this.#passesOver?.(reader.inodeLow) !== true)
        this.#probe(descriptor, this.#bufferAt + nameStart);
    }
  }

  #probe(directory: number, name: number): void {
    const libc = this.#libc;
    const descriptor = libc.openat(directory, name, OPEN_FILE);
    if (descriptor < 0) {
      this.#doubt(libc.errno());
      return;
    }
    // Closing gives the lease back.
    if (libc.fcntl(descriptor, SET_LEASE, WRITE_LEASE) < 0) {
      if (libc.errno() === constants.errno.EAGAIN) this.#answer = 'open';
      else this.#doubt(libc.errno());
    }
    libc.close(descriptor);
  }

  /** What is gone meanwhile is not open any more as a part of the unit; everything else leaves a doubt. */
  #doubt(errno: number): void {
    if (errno !== constants.errno.ENOENT && this.#answer !== 'open') this.#answer = 'unknown';
  }
}

function terminated(name: Uint8Array): Buffer {
  return Buffer.concat([name, Buffer.of(0)]);
}
