/** statx(2) into one reused buffer: what a scan needs of an entry, read without making an object. */
import type { Libc } from './libc.ts';

/** struct statx is 256 bytes, the same on every 64-bit Linux. */
const STATX_BYTES = 256;
/** Indexes of 32-bit words; 64-bit fields are low word, then high word. */
const WORD = {
  mask: 0,
  nlink: 4,
  uid: 5,
  mode: 7,
  inode: 8,
  size: 10,
  blocks: 12,
  birth: 20,
  birthNanoseconds: 22,
  ctime: 24,
  mtime: 28,
  deviceMajor: 34,
  deviceMinor: 35,
  mountId: 36,
} as const;
const HIGH_WORD = 2 ** 32;

/** STATX_BASIC_STATS | STATX_MNT_ID (Linux 5.8). */
const MOUNT_ID = 0x1000;
const WANTED = 0x07ff | MOUNT_ID;
const BIRTH = 0x800;
const AT_NO_AUTOMOUNT = 0x800;
const AT_STATX_DONT_SYNC = 0x4000;
/** With AT_SYMLINK_NOFOLLOW: look at the entry itself and mount nothing. */
const FLAGS = 0x100 | AT_NO_AUTOMOUNT;
const AT_EMPTY_PATH = 0x1000;
const AT_FDCWD = -100;

/** The top four bits of st_mode (inode(7)). */
export const FILE_TYPE = {
  mask: 0o170000,
  directory: 0o040000,
  regular: 0o100000,
  symlink: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
} as const;

/** The result of the latest call; sizes beyond 2^53 lose their last digits, inode numbers are kept in two halves. */
export class Statx {
  readonly #libc: Libc;
  readonly #words = new Uint32Array(new ArrayBuffer(STATX_BYTES));
  readonly #halves = new Uint16Array(this.#words.buffer);
  readonly #at: number;
  readonly #empty = new Uint8Array(new ArrayBuffer(STATX_BYTES));
  readonly #emptyAt: number;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#at = libc.addressOf(new Uint8Array(this.#words.buffer));
    this.#emptyAt = libc.addressOf(this.#empty);
  }

  /** Looks at the entry whose NUL-terminated name is at `name`; false where that failed (see errno). */
  look(directory: number, name: number): boolean {
    return this.#libc.statx(directory, name, FLAGS, WANTED, this.#at) >= 0;
  }

  /**
   * Looks at what a link of /proc stands for. A dead file server is not asked: what the kernel knows is enough
   * (AT_STATX_DONT_SYNC).
   */
  lookThrough(directory: number, name: number): boolean {
    return this.#libc.statx(directory, name, AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC, WANTED, this.#at) >= 0;
  }

  /** Looks at what a path leads to, links followed, and when it was made. */
  lookAtTarget(path: number): boolean {
    return this.#libc.statx(AT_FDCWD, path, AT_NO_AUTOMOUNT, WANTED | BIRTH, this.#at) >= 0;
  }

  /** Looks at the entry a path names, and when it was made. */
  lookAtPath(path: number): boolean {
    return this.#libc.statx(AT_FDCWD, path, FLAGS, WANTED | BIRTH, this.#at) >= 0;
  }

  /** Looks at what is open. */
  lookAtDescriptor(descriptor: number): boolean {
    return this.#libc.statx(descriptor, this.#emptyAt, AT_EMPTY_PATH, WANTED, this.#at) >= 0;
  }

  get mode(): number {
    return this.#halves[WORD.mode * 2];
  }

  get links(): number {
    return this.#words[WORD.nlink];
  }

  get uid(): number {
    return this.#words[WORD.uid];
  }

  /** Of 512 bytes, whatever the filesystem's block size. */
  get blocks(): number {
    return this.#words[WORD.blocks] + this.#words[WORD.blocks + 1] * HIGH_WORD;
  }

  get size(): number {
    return this.#words[WORD.size] + this.#words[WORD.size + 1] * HIGH_WORD;
  }

  /** Seconds since 1970; negative before. */
  get mtime(): number {
    return this.#words[WORD.mtime] + (this.#words[WORD.mtime + 1] | 0) * HIGH_WORD;
  }

  /** Seconds since 1970 of the last change to data or inode; nobody can set it. */
  get ctime(): number {
    return this.#words[WORD.ctime] + (this.#words[WORD.ctime + 1] | 0) * HIGH_WORD;
  }

  /** Seconds since 1970, with a fraction; 0 where it was not asked for or the filesystem does not keep it. */
  get birth(): number {
    if ((this.#words[WORD.mask] & BIRTH) === 0) return 0;
    return (
      this.#words[WORD.birth] +
      (this.#words[WORD.birth + 1] | 0) * HIGH_WORD +
      this.#words[WORD.birthNanoseconds] / 1e9
    );
  }

  /** major << 20 | minor, as the kernel's own dev_t. */
  get device(): number {
    return ((this.#words[WORD.deviceMajor] << 20) | this.#words[WORD.deviceMinor]) >>> 0;
  }

  get inodeLow(): number {
    return this.#words[WORD.inode];
  }

  get inodeHigh(): number {
    return this.#words[WORD.inode + 1];
  }

  /** The mount it was seen through, as in mountinfo; see `hasMountId`. */
  get mountId(): number {
    return this.#words[WORD.mountId];
  }

  /** Whether the kernel fills `mountId` in. */
  get hasMountId(): boolean {
    return (this.#words[WORD.mask] & MOUNT_ID) !== 0;
  }
}
