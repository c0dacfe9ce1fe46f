/** statx(2) into one reused buffer: what a scan needs of an entry, read without making an object. */
import { IDENTITY_WORD } from '../../model/entry-digest.ts';
import { AT_FDCWD } from './libc.ts';
import type { Libc } from './libc.ts';

/** struct statx is 256 bytes, the same on every 64-bit Linux. */
const STATX_BYTES = 256;
/** Indexes of 32-bit words; 64-bit fields are low word, then high word. */
const WORD = {
  mask: 0,
  attributes: 2,
  nlink: 4,
  uid: 5,
  gid: 6,
  mode: 7,
  inode: 8,
  size: 10,
  blocks: 12,
  attributesMask: 14,
  atime: 16,
  btime: 20,
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
/** STATX_BTIME: some filesystems read more than the inode for it. */
const BIRTH_TIME = 0x800;
/** Where the nanoseconds stand behind the seconds of a timestamp. */
const NANOSECONDS = 2;
/** STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND: neither can be unlinked. */
const UNDELETABLE = 0x10 | 0x20;
const AT_NO_AUTOMOUNT = 0x800;
const AT_STATX_DONT_SYNC = 0x4000;
/** With AT_SYMLINK_NOFOLLOW: look at the entry itself and mount nothing. */
const FLAGS = 0x100 | AT_NO_AUTOMOUNT;
const AT_EMPTY_PATH = 0x1000;

/** The top four bits of st_mode (inode(7)). */
export const FILE_TYPE = {
  mask: 0o170000,
  fifo: 0o010000,
  directory: 0o040000,
  regular: 0o100000,
  symlink: 0o120000,
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
  readonly #flags: number;
  #wanted = WANTED;

  /** @param asksServers whether `look` may wait for a file server; otherwise what the kernel knows is enough. */
  constructor(libc: Libc, asksServers = true) {
    this.#libc = libc;
    this.#flags = asksServers ? FLAGS : FLAGS | AT_STATX_DONT_SYNC;
    this.#at = libc.addressOf(new Uint8Array(this.#words.buffer));
    this.#emptyAt = libc.addressOf(this.#empty);
  }

  /** Whether `birth` is asked for. */
  set wantsBirth(wanted: boolean) {
    this.#wanted = wanted ? WANTED | BIRTH_TIME : WANTED;
  }

  /** Looks at the entry whose NUL-terminated name is at `name`; false where that failed (see errno). */
  look(directory: number, name: number): boolean {
    return this.#libc.statx(directory, name, this.#flags, this.#wanted, this.#at) >= 0;
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
    return this.#libc.statx(AT_FDCWD, path, AT_NO_AUTOMOUNT, WANTED | BIRTH_TIME, this.#at) >= 0;
  }

  /** Looks at the entry a path names, and when it was made. */
  lookAtPath(path: number): boolean {
    return this.#libc.statx(AT_FDCWD, path, FLAGS, WANTED | BIRTH_TIME, this.#at) >= 0;
  }

  /** Looks at what is open. */
  lookAtDescriptor(descriptor: number): boolean {
    return this.#libc.statx(descriptor, this.#emptyAt, AT_EMPTY_PATH, this.#wanted, this.#at) >= 0;
  }

  get mode(): number {
    return this.#halves[WORD.mode * 2];
  }

  /** st_nlink. */
  get links(): number {
    return this.#words[WORD.nlink];
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

  /** Of the owner. */
  get uid(): number {
    return this.#words[WORD.uid];
  }

  /** Of the owning group. */
  get gid(): number {
    return this.#words[WORD.gid];
  }

  /** Seconds since 1970 with a fraction, exact to a microsecond; undefined where it was not asked for or is unknown. */
  get birth(): number | undefined {
    if ((this.#words[WORD.mask] & BIRTH_TIME) === 0) return undefined;
    return this.#seconds(WORD.btime) || undefined;
  }

  get exactAtime(): number {
    return this.#seconds(WORD.atime);
  }

  get exactMtime(): number {
    return this.#seconds(WORD.mtime);
  }

  get exactCtime(): number {
    return this.#seconds(WORD.ctime);
  }

  /** Whether chattr(1) forbids to delete it. */
  get isUndeletable(): boolean {
    return (this.#words[WORD.attributes] & UNDELETABLE) !== 0;
  }

  /** Whether the filesystem answers `isUndeletable` here; some tell it by FS_IOC_GETFLAGS only. */
  get tellsUndeletable(): boolean {
    return (this.#words[WORD.attributesMask] & UNDELETABLE) === UNDELETABLE;
  }

  /** Puts what tells an entry from what it was before into `identity` (IDENTITY_WORD); the parent's words stay. */
  copyIdentity(identity: Uint32Array): void {
    const words = this.#words;
    identity[IDENTITY_WORD.device] = this.device;
    identity[IDENTITY_WORD.inodeLow] = words[WORD.inode];
    identity[IDENTITY_WORD.inodeHigh] = words[WORD.inode + 1];
    identity[IDENTITY_WORD.mode] = this.mode;
    identity[IDENTITY_WORD.uid] = words[WORD.uid];
    identity[IDENTITY_WORD.links] = words[WORD.nlink];
    identity[IDENTITY_WORD.sizeLow] = words[WORD.size];
    identity[IDENTITY_WORD.sizeHigh] = words[WORD.size + 1];
    identity[IDENTITY_WORD.mtimeLow] = words[WORD.mtime];
    identity[IDENTITY_WORD.mtimeHigh] = words[WORD.mtime + 1];
    identity[IDENTITY_WORD.mtimeNanoseconds] = words[WORD.mtime + NANOSECONDS];
    identity[IDENTITY_WORD.ctimeLow] = words[WORD.ctime];
    identity[IDENTITY_WORD.ctimeHigh] = words[WORD.ctime + 1];
    identity[IDENTITY_WORD.ctimeNanoseconds] = words[WORD.ctime + NANOSECONDS];
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

  #seconds(at: number): number {
    const words = this.#words;
    return words[at] + (words[at + 1] | 0) * HIGH_WORD + words[at + NANOSECONDS] / 1e9;
  }
}
