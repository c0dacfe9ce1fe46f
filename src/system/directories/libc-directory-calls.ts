/** Directory calls through libc: openat, openat2, statx, unlinkat, renameat2, flock. */
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';
import type { Libc } from '../calls/libc.ts';
import { NameMemory } from '../calls/name-memory.ts';
import { Openat2 } from '../calls/openat2.ts';
import { changeRefusal } from './change-refusal.ts';
import type {
  DirectoryCalls,
  DirectoryReader,
  EntryLook,
  LockResult,
  OpenAnswer,
} from './directory-calls.ts';
import { LibcReaders, REMOVE_DIRECTORY } from './libc-directory-reader.ts';
import { LibcEntries } from './libc-entries.ts';
import { canWalk } from './root-directory.ts';

/** RENAME_NOREPLACE */
const NO_REPLACE = 1;
/** LOCK_EX | LOCK_NB */
const LOCK_EXCLUSIVE_NOW = 2 | 4;
const AT_FDCWD = -100;
const LINK_BYTES = 4096;
/** FS_IOC_GETFLAGS, _IOR('f', 1, long); FS_IMMUTABLE_FL | FS_APPEND_FL (ioctl_iflags(2)). */
const GET_FLAGS = 0x8008_6601;
const UNDELETABLE = 0x10 | 0x20;
/** fcntl(2): a write lease is given only where nobody else has the file open or mapped, in whatever namespace. */
const LEASE = { set: 1024, write: 1, none: 2 } as const;
/** SIG_IGN */
const IGNORE = 1;

/** The calls, or undefined where the kernel does not tell mount ids (before Linux 5.8). */
export function libcDirectoryCalls(libc: Libc): DirectoryCalls | undefined {
  return canWalk(libc) ? new LibcDirectoryCalls(libc) : undefined;
}

class LibcDirectoryCalls implements DirectoryCalls {
  readonly #libc: Libc;
  readonly #entries: LibcEntries;
  readonly #readers: LibcReaders;
  readonly #name: NameMemory;
  readonly #newName: NameMemory;
  readonly #openat2: Openat2;
  readonly #flags = new Uint32Array(new ArrayBuffer(8));
  #ignoresLeaseBreaks = false;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#entries = new LibcEntries(libc);
    this.#readers = new LibcReaders(this.#entries);
    this.#name = new NameMemory(libc);
    this.#newName = new NameMemory(libc);
    this.#openat2 = new Openat2(libc);
  }

  get look(): EntryLook {
    return this.#entries.look;
  }

  get failure(): string {
    return this.#entries.failure;
  }

  openRoot = (): number => this.#entries.openStep(AT_FDCWD, this.#name.put('/'));

  openHere = (): number => this.#entries.openStep(AT_FDCWD, this.#name.put('.'));

  openStep = (directory: number, name: ByteString): number => {
    if (!this.#openat2.isThere) return this.#entries.openStep(directory, this.#name.put(name));
    const opened = this.#openat2.openStep(directory, this.#name.put(`${name}/.`));
    this.#entries.noted(opened >= 0);
    return opened;
  };

  openDirectory = (directory: number, name: ByteString): number =>
    this.#entries.openDirectory(directory, this.#name.put(name));

  openToLock = (directory: number, name: ByteString): number =>
    this.#entries.openToLock(directory, this.#name.put(name));

  openEntry = (directory: number, name: ByteString): number =>
    this.#entries.openEntry(directory, this.#name.put(name));

  lookAt = (directory: number, name: ByteString): boolean =>
    this.#entries.lookAt(directory, this.#name.put(name));

  lookAtDescriptor = (descriptor: number): boolean => this.#entries.lookAtDescriptor(descriptor);

  readLink = (directory: number, name: ByteString): ByteString | undefined => {
    const link = this.openEntry(directory, name);
    if (link < 0) return undefined;
    try {
      const target = new Uint8Array(new ArrayBuffer(LINK_BYTES));
      const targetAt = this.#libc.addressOf(target);
      const length = this.#libc.readlinkat(link, this.#name.put(''), targetAt, LINK_BYTES);
      if (!this.#entries.noted(length >= 0) || !this.lookAtDescriptor(link)) return undefined;
      return fromBytes(target, 0, length);
    } finally {
      this.close(link);
    }
  };

  changeRefusal = changeRefusal;

  isUndeletable = (descriptor: number): boolean => {
    const at = this.#libc.addressOf(new Uint8Array(this.#flags.buffer));
    return this.#libc.ioctl(descriptor, GET_FLAGS, at) >= 0 && (this.#flags[0] & UNDELETABLE) !== 0;
  };

  isOpenElsewhere = (descriptor: number, isClosedNext: boolean): OpenAnswer => {
    if (!this.#ignoresLeaseBreaks) {
      // Who opens the file just then makes the kernel tell us by this signal, which would end the process.
      this.#libc.signal(constants.signals.SIGIO, IGNORE);
      this.#ignoresLeaseBreaks = true;
    }
    if (this.#entries.noted(this.#libc.fcntl(descriptor, LEASE.set, LEASE.write) >= 0)) {
      if (!isClosedNext) this.#libc.fcntl(descriptor, LEASE.set, LEASE.none);
      return 'free';
    }
    return this.failure === 'EAGAIN' ? 'open' : 'unknown';
  };

  lock = (descriptor: number): LockResult => {
    if (this.#entries.noted(this.#libc.flock(descriptor, LOCK_EXCLUSIVE_NOW) === 0)) return 'locked';
    return this.failure === 'EAGAIN' ? 'held' : 'impossible';
  };

  unlink = (directory: number, name: ByteString): boolean =>
    this.#entries.unlink(directory, this.#name.put(name));

  removeDirectory = (directory: number, name: ByteString): boolean =>
    this.#entries.unlink(directory, this.#name.put(name), REMOVE_DIRECTORY);

  makeDirectory = (directory: number, name: ByteString): boolean => {
    try {
      mkdirSync(Buffer.concat([Buffer.from(`/proc/self/fd/${directory}/`), toBuffer(name)]), { mode: 0o700 });
      return true;
    } catch (error) {
      this.#entries.failure = errorCode(error) ?? 'EIO';
      return false;
    }
  };

  rename = (from: number, name: ByteString, to: number, newName: ByteString): boolean => {
    const [nameAt, newNameAt] = [this.#name.put(name), this.#newName.put(newName)];
    return this.#entries.noted(this.#libc.renameat2(from, nameAt, to, newNameAt, NO_REPLACE) === 0);
  };

  read = (descriptor: number): DirectoryReader => this.#readers.read(descriptor);

  close = (descriptor: number): void => {
    this.#libc.close(descriptor);
  };
}
