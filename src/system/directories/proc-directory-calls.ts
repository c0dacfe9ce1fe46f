/**
 * Directory calls through node:fs alone: /proc/self/fd/N is a magic link that leads to the open directory itself,
 * whatever its path is by now, so /proc/self/fd/N/name is openat(N, name). For where libc cannot be called.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statfsSync,
  unlinkSync,
} from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fillIdentityFromStats, IDENTITY_WORDS, identityWords } from '../../model/entry-digest.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import { errorCode } from '../calls/errno.ts';
import { OPEN_DIRECTORY } from '../calls/libc.ts';
import { changeRefusal } from './change-refusal.ts';
import type {
  DirectoryCalls,
  DirectoryReader,
  EntryLook,
  LockResult,
  OpenAnswer,
} from './directory-calls.ts';

const PATH_ONLY = 0o10000000 | constants.O_NOFOLLOW;
const OPEN_TO_LOCK = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
/** PROC_SUPER_MAGIC, statfs(2). */
const PROC_MAGIC = 0x9fa0;
/** flock(1) ends with this where somebody else holds the lock. */
const LOCK_HELD = 1;

/** The calls, or undefined where /proc is not what it should be. */
export function procDirectoryCalls(): DirectoryCalls | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    if (statfsSync('/proc').type !== PROC_MAGIC) return undefined;
    const descriptor = openSync('/', OPEN_DIRECTORY);
    try {
      const through = lstatSync(`/proc/self/fd/${descriptor}/.`, { bigint: true });
      const itself = fstatSync(descriptor, { bigint: true });
      return fileIdOfStats(through) === fileIdOfStats(itself) ? new ProcDirectoryCalls() : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

class ProcDirectoryCalls implements DirectoryCalls {
  readonly look = {
    words: identityWords(),
    mountId: 0,
    blocks: 0,
    isUndeletable: undefined,
  } satisfies EntryLook;
  failure = '';

  openRoot = (): number => this.#open('/', PATH_ONLY | constants.O_DIRECTORY);

  openHere = (): number => this.#open('.', PATH_ONLY | constants.O_DIRECTORY);

  openStep = (directory: number, name: ByteString): number =>
    this.#open(at(directory, name), PATH_ONLY | constants.O_DIRECTORY);

  openDirectory = (directory: number, name: ByteString): number =>
    this.#openQuietly(at(directory, name), OPEN_DIRECTORY);

  openToLock = (directory: number, name: ByteString): number =>
    this.#openQuietly(at(directory, name), OPEN_TO_LOCK);

  openEntry = (directory: number, name: ByteString): number => this.#open(at(directory, name), PATH_ONLY);

  lookAt = (directory: number, name: ByteString): boolean => {
    const descriptor = this.openEntry(directory, name);
    if (descriptor < 0) return false;
    try {
      return this.lookAtDescriptor(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };

  lookAtDescriptor = (descriptor: number): boolean =>
    this.#tried(() => {
      const stats: BigIntStats = fstatSync(descriptor, { bigint: true });
      fillIdentityFromStats(this.look.words, stats);
      const mount = /^mnt_id:\s*(\d+)$/mu.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'));
      this.look.mountId = Number(mount?.[1] ?? Number.NaN);
      this.look.blocks = Number(stats.blocks);
    });

  readLink = (directory: number, name: ByteString): ByteString | undefined => {
    if (!this.lookAt(directory, name)) return undefined;
    const before = this.look.words.slice(0, IDENTITY_WORDS);
    let target: ByteString | undefined;
    const isRead = this.#tried(() => {
      target = fromBytes(readlinkSync(at(directory, name), { encoding: 'buffer' }));
    });
    if (!isRead || !this.lookAt(directory, name)) return undefined;
    // Being exchanged moves the ctime of a link, also where it comes back.
    if (this.look.words.every((word, i) => word === before[i])) return target;
    this.failure = 'EAGAIN';
    return undefined;
  };

  changeRefusal = changeRefusal;

  isUndeletable = (): boolean => false;

  isOpenElsewhere = (): OpenAnswer => 'unknown';

  lock = (descriptor: number): LockResult => {
    // flock(1) locks our own open file, and the lock outlives it.
    const { status } = spawnSync('flock', ['-n', '-x', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
    });
    if (status === 0) return 'locked';
    this.failure = status === LOCK_HELD ? 'EAGAIN' : 'ENOLCK';
    return status === LOCK_HELD ? 'held' : 'impossible';
  };

  unlink = (directory: number, name: ByteString): boolean =>
    this.#tried(() => unlinkSync(at(directory, name)));

  removeDirectory = (directory: number, name: ByteString): boolean =>
    this.#tried(() => rmdirSync(at(directory, name)));

  makeDirectory = (directory: number, name: ByteString): boolean =>
    this.#tried(() => mkdirSync(at(directory, name), { mode: 0o700 }));

  rename = (from: number, name: ByteString, to: number, newName: ByteString): boolean => {
    const there = this.openEntry(to, newName);
    if (there >= 0) {
      closeSync(there);
      this.failure = 'EEXIST';
      return false;
    }
    return this.failure === 'ENOENT' && this.#tried(() => renameSync(at(from, name), at(to, newName)));
  };

  read = (descriptor: number): DirectoryReader => new ProcDirectoryReader(this, descriptor);

  close = (descriptor: number): void => closeSync(descriptor);

  list(descriptor: number): Buffer[] | undefined {
    let names: Buffer[] | undefined;
    this.#tried(() => {
      names = readdirSync(`/proc/self/fd/${descriptor}`, { encoding: 'buffer' });
    });
    return names;
  }

  #open(path: string | Buffer, flags: number): number {
    let descriptor = -1;
    this.#tried(() => {
      descriptor = openSync(path, flags);
    });
    return descriptor;
  }

  /** Only owners may ask not to be seen. */
  #openQuietly(path: Buffer, flags: number): number {
    const descriptor = this.#open(path, flags | constants.O_NOATIME);
    return descriptor < 0 && this.failure === 'EPERM' ? this.#open(path, flags) : descriptor;
  }

  #tried(call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      this.failure = code;
      return false;
    }
  }
}

function at(directory: number, name: ByteString): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${directory}/`), toBuffer(name)]);
}

/** Reads all names at once. */
class ProcDirectoryReader implements DirectoryReader {
  readonly #calls: ProcDirectoryCalls;
  readonly #descriptor: number;
  #names: Buffer[] | undefined;
  #next = 0;
  nameBytes: Uint8Array = new Uint8Array(0);
  readonly nameStart = 0;
  failed = false;

  constructor(calls: ProcDirectoryCalls, descriptor: number) {
    this.#calls = calls;
    this.#descriptor = descriptor;
  }

  get nameEnd(): number {
    return this.nameBytes.length;
  }

  name = (): ByteString => Buffer.from(this.nameBytes).toString('latin1') as ByteString;

  next = (): boolean => {
    this.#names ??= this.#calls.list(this.#descriptor);
    if (!this.#names) {
      this.failed = this.#calls.failure !== 'ENOENT';
      return false;
    }
    if (this.#next >= this.#names.length) return false;
    this.nameBytes = this.#names[this.#next++];
    return true;
  };

  rewind = (): void => {
    this.#names = undefined;
    this.#next = 0;
    this.failed = false;
  };

  look = (): boolean => this.#calls.lookAt(this.#descriptor, this.name());
  openDirectory = (): number => this.#calls.openDirectory(this.#descriptor, this.name());
  openEntry = (): number => this.#calls.openEntry(this.#descriptor, this.name());
  openToLock = (): number => this.#calls.openToLock(this.#descriptor, this.name());
  unlink = (): boolean => this.#calls.unlink(this.#descriptor, this.name());
  removeDirectory = (): boolean => this.#calls.removeDirectory(this.#descriptor, this.name());
  release = (): void => this.rewind();
}
