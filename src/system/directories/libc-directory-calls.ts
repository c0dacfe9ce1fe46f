/** Directory calls through libc: openat, statx, unlinkat, renameat2, flock. */
import { constants, mkdirSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { identityWords } from '../../model/entry-digest.ts';
import { DirentReader } from '../calls/dirent.ts';
import type { DirectoryCalls, DirectoryReader, EntryLook, LockResult } from './directory-calls.ts';
import { errnoName, errorCode } from '../calls/errno.ts';
import { OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { canWalk } from './root-directory.ts';
import { Statx } from '../calls/statx.ts';

const CLOSE_ON_EXEC = 0o2000000;
const PATH_ONLY = 0o10000000 | CLOSE_ON_EXEC | constants.O_NOFOLLOW;
const OPEN_QUIETLY = OPEN_DIRECTORY | constants.O_NOATIME;
const OPEN_TO_LOCK =
  constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY | CLOSE_ON_EXEC;
/** AT_REMOVEDIR */
const REMOVE_DIRECTORY = 0x200;
/** RENAME_NOREPLACE */
const NO_REPLACE = 1;
/** LOCK_EX | LOCK_NB */
const LOCK_EXCLUSIVE_NOW = 2 | 4;
const AT_WORKING_DIRECTORY = -100;
/** Names of any filesystem, NUL included. */
const NAME_BYTES = 4096;
const READ_BYTES = 32_768;

/** The calls, or undefined where the kernel does not tell mount ids (before Linux 5.8). */
export function libcDirectoryCalls(libc: Libc): DirectoryCalls | undefined {
  return canWalk(libc) ? new LibcDirectoryCalls(libc) : undefined;
}

/** Memory the kernel writes directory entries to. */
interface ReadBuffer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly address: number;
}

class LibcLook implements EntryLook {
  readonly words = identityWords();
  readonly statx: Statx;

  constructor(libc: Libc) {
    this.statx = new Statx(libc);
  }

  get mountId(): number {
    return this.statx.mountId;
  }

  get blocks(): number {
    return this.statx.blocks;
  }

  get isUndeletable(): boolean {
    return this.statx.isUndeletable;
  }
}

class LibcDirectoryCalls implements DirectoryCalls {
  readonly look: LibcLook;
  readonly libc: Libc;
  readonly #name = new Uint8Array(new ArrayBuffer(NAME_BYTES));
  readonly #newName = new Uint8Array(new ArrayBuffer(NAME_BYTES));
  readonly #nameAt: number;
  readonly #newNameAt: number;
  readonly #spare: ReadBuffer[] = [];
  failure = '';

  constructor(libc: Libc) {
    this.libc = libc;
    this.look = new LibcLook(libc);
    this.#nameAt = libc.addressOf(this.#name);
    this.#newNameAt = libc.addressOf(this.#newName);
  }

  openRoot = (): number => this.open(AT_WORKING_DIRECTORY, this.#put('/' as ByteString), PATH_ONLY);

  openStep = (directory: number, name: ByteString): number =>
    this.open(directory, this.#put(name), PATH_ONLY | constants.O_DIRECTORY);

  openDirectory = (directory: number, name: ByteString): number =>
    this.openQuietly(directory, this.#put(name), OPEN_QUIETLY);

  openToLock = (directory: number, name: ByteString): number =>
    this.openQuietly(directory, this.#put(name), OPEN_TO_LOCK | constants.O_NOATIME);

  openEntry = (directory: number, name: ByteString): number =>
    this.open(directory, this.#put(name), PATH_ONLY);

  lookAt = (directory: number, name: ByteString): boolean => this.lookAtName(directory, this.#put(name));

  lookAtDescriptor = (descriptor: number): boolean => {
    if (!this.#noted(this.look.statx.lookAtDescriptor(descriptor))) return false;
    this.look.statx.copyIdentity(this.look.words);
    return true;
  };

  lock = (descriptor: number): LockResult => {
    if (this.#noted(this.libc.flock(descriptor, LOCK_EXCLUSIVE_NOW) === 0)) return 'locked';
    return this.failure === 'EAGAIN' || this.failure === 'EWOULDBLOCK' ? 'held' : 'impossible';
  };

  unlink = (directory: number, name: ByteString): boolean => this.unlinkName(directory, this.#put(name), 0);

  removeDirectory = (directory: number, name: ByteString): boolean =>
    this.unlinkName(directory, this.#put(name), REMOVE_DIRECTORY);

  makeDirectory = (directory: number, name: ByteString): boolean => {
    try {
      mkdirSync(Buffer.concat([Buffer.from(`/proc/self/fd/${directory}/`), toBuffer(name)]), { mode: 0o700 });
      return true;
    } catch (error) {
      this.failure = errorCode(error) ?? 'EIO';
      return false;
    }
  };

  rename = (from: number, name: ByteString, to: number, newName: ByteString): boolean => {
    put(this.#newName, newName);
    return this.#noted(this.libc.renameat2(from, this.#put(name), to, this.#newNameAt, NO_REPLACE) === 0);
  };

  read = (descriptor: number): DirectoryReader => new LibcDirectoryReader(this, descriptor);

  close = (descriptor: number): void => {
    this.libc.close(descriptor);
  };

  lookAtName(directory: number, nameAt: number): boolean {
    if (!this.look.statx.look(directory, nameAt)) return this.#noted(false);
    this.look.statx.copyIdentity(this.look.words);
    return true;
  }

  unlinkName(directory: number, nameAt: number, flags: number): boolean {
    return this.#noted(this.libc.unlinkat(directory, nameAt, flags) === 0);
  }

  open(directory: number, nameAt: number, flags: number): number {
    const opened = this.libc.openat(directory, nameAt, flags);
    this.#noted(opened >= 0);
    return opened;
  }

  /** Only owners may ask not to be seen. */
  openQuietly(directory: number, nameAt: number, flags: number): number {
    const opened = this.open(directory, nameAt, flags);
    return opened < 0 && this.failure === 'EPERM'
      ? this.open(directory, nameAt, flags & ~constants.O_NOATIME)
      : opened;
  }

  takeBuffer(): ReadBuffer {
    const spare = this.#spare.pop();
    if (spare) return spare;
    const bytes = new Uint8Array(new ArrayBuffer(READ_BYTES));
    return { bytes, address: this.libc.addressOf(bytes) };
  }

  giveBuffer(buffer: ReadBuffer): void {
    this.#spare.push(buffer);
  }

  noteFailure(): void {
    this.failure = errnoName(this.libc.errno());
  }

  #noted(succeeded: boolean): boolean {
    if (!succeeded) this.noteFailure();
    return succeeded;
  }

  #put(name: ByteString): number {
    put(this.#name, name);
    return this.#nameAt;
  }
}

function put(into: Uint8Array, name: ByteString): void {
  if (name.length >= NAME_BYTES) throw new RangeError(`a name of ${name.length} bytes`);
  for (let i = 0; i < name.length; i++) into[i] = name.charCodeAt(i);
  into[name.length] = 0;
}

class LibcDirectoryReader implements DirectoryReader {
  readonly #calls: LibcDirectoryCalls;
  readonly #descriptor: number;
  readonly #buffer: ReadBuffer;
  readonly #entries: DirentReader;
  readonly nameBytes: Uint8Array;
  failed = false;

  constructor(calls: LibcDirectoryCalls, descriptor: number) {
    this.#calls = calls;
    this.#descriptor = descriptor;
    this.#buffer = calls.takeBuffer();
    this.nameBytes = this.#buffer.bytes;
    this.#entries = new DirentReader(this.#buffer.bytes);
  }

  get nameStart(): number {
    return this.#entries.nameStart;
  }

  get nameEnd(): number {
    return this.#entries.nameEnd;
  }

  name = (): ByteString => fromBytes(this.nameBytes, this.nameStart, this.nameEnd);

  next = (): boolean => {
    while (!this.#entries.advance()) {
      const { bytes, address } = this.#buffer;
      const read = this.#calls.libc.getdents64(this.#descriptor, address, bytes.length);
      if (read < 0) {
        this.#calls.noteFailure();
        // A directory removed while it is open has no entries.
        this.failed = this.#calls.failure !== 'ENOENT';
      }
      if (read <= 0) return false;
      this.#entries.reset(0, read);
    }
    return true;
  };

  rewind = (): void => {
    this.failed = false;
    this.#calls.libc.lseek(this.#descriptor, 0, 0);
    this.#entries.reset(0, 0);
  };

  look = (): boolean => this.#calls.lookAtName(this.#descriptor, this.#nameAt);

  openDirectory = (): number => this.#calls.openQuietly(this.#descriptor, this.#nameAt, OPEN_QUIETLY);

  openEntry = (): number => this.#calls.open(this.#descriptor, this.#nameAt, PATH_ONLY);

  unlink = (): boolean => this.#calls.unlinkName(this.#descriptor, this.#nameAt, 0);

  removeDirectory = (): boolean => this.#calls.unlinkName(this.#descriptor, this.#nameAt, REMOVE_DIRECTORY);

  release = (): void => this.#calls.giveBuffer(this.#buffer);

  get #nameAt(): number {
    return this.#buffer.address + this.#entries.nameStart;
  }
}
