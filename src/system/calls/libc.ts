/**
 * System calls that node:fs does not offer, called straight from TypeScript through koffi. The only file that
 * calls koffi. Pointers are plain numbers into shared memory, so that a call costs little more than the kernel's own time.
 */
import { constants } from 'node:fs';
import { endianness } from 'node:os';
import { namedCall } from './named-call.ts';
import { openNativeLibrary } from './native-library.ts';

/** Raw calls: negative means failed, then `errno()` tells why. Names are addresses of NUL-terminated bytes. */
export interface Libc {
  /** openat(2). */
  readonly openat: (directory: number, name: number, flags: number) => number;
  /** openat2(2), Linux 5.6; called by number. `how` is a struct open_how. */
  readonly openat2: (directory: number, name: number, how: number) => number;
  /** readlinkat(2): bytes written to `buffer`, without a NUL; an empty name reads the link that is open. */
  readonly readlinkat: (directory: number, name: number, buffer: number, length: number) => number;
  /** getdents64(2): bytes read into `buffer`, 0 at the end. */
  readonly getdents64: (directory: number, buffer: number, length: number) => number;
  /** statx(2). */
  readonly statx: (directory: number, name: number, flags: number, mask: number, result: number) => number;
  /** ioctl(2) with a pointer to the request's structure. */
  readonly ioctl: (descriptor: number, request: number, argument: number) => number;
  /** open_tree(2), Linux 5.2; older libraries have no name for it, so it is called by number. */
  readonly openTree: (directory: number, path: number, flags: number) => number;
  /** unlinkat(2): removes a name, never what a link leads to. */
  readonly unlinkat: (directory: number, name: number, flags: number) => number;
  /** renameat2(2). */
  readonly renameat2: (from: number, name: number, to: number, newName: number, flags: number) => number;
  /** flock(2). */
  readonly flock: (descriptor: number, operation: number) => number;
  /** fsetxattr(2), fgetxattr(2), fremovexattr(2). */
  readonly fsetxattr: (
    descriptor: number,
    name: number,
    value: number,
    length: number,
    flags: number,
  ) => number;
  readonly fgetxattr: (descriptor: number, name: number, buffer: number, length: number) => number;
  readonly fremovexattr: (descriptor: number, name: number) => number;
  /** lseek(2). */
  readonly lseek: (descriptor: number, offset: number, whence: number) => number;
  /** fcntl(2) with a number. */
  readonly fcntl: (descriptor: number, command: number, argument: number) => number;
  /** signal(2); the handler is SIG_DFL (0) or SIG_IGN (1). */
  readonly signal: (signal: number, handler: number) => number;
  readonly dup: (descriptor: number) => number;
  readonly close: (descriptor: number) => number;
  readonly read: (descriptor: number, buffer: number, length: number) => number;
  /** pread(2). */
  readonly pread: (descriptor: number, buffer: number, length: number, position: number) => number;
  /** posix_fadvise(2). */
  readonly fadvise: (descriptor: number, position: number, length: number, advice: number) => number;
  /** eventfd(2): a counter that wakes whoever polls it. */
  readonly eventfd: (start: number, flags: number) => number;
  readonly write: (descriptor: number, buffer: number, length: number) => number;
  /** poll(2) in a thread of libuv's pool: descriptors that are ready, negative where it failed. */
  readonly poll: (descriptors: number, count: number, milliseconds: number) => Promise<number>;
  readonly fanotifyInit: (flags: number, eventFlags: number) => number;
  readonly fanotifyMark: (
    group: number,
    flags: number,
    mask: number,
    directory: number,
    path: number,
  ) => number;
  /** open_by_handle_at(2): opens what a file handle stands for, through any descriptor of its filesystem. */
  readonly openByHandleAt: (mount: number, handle: number, flags: number) => number;
  /** quotactl(2). */
  readonly quotactl: (command: number, device: number, id: number, answer: number) => number;
  /** socket(2) */
  readonly socket: (family: number, type: number, protocol: number) => number;
  /** memfd_create(2) */
  readonly memfdCreate: (name: number, flags: number) => number;
  /** sendmsg(2) */
  readonly sendmsg: (descriptor: number, message: number, flags: number) => number;
  /** sendto(2) */
  readonly sendto: (
    descriptor: number,
    bytes: number,
    length: number,
    flags: number,
    address: number,
    addressLength: number,
  ) => number;
  /** _exit(2): ends all threads at once, also those that a filesystem keeps waiting. */
  readonly endProcess: (code: number) => void;
  readonly errno: () => number;
  /** Where the memory of `view` lies; it does not move while a reference to it is kept. */
  readonly addressOf: (view: Uint8Array) => number;
}

/** Stands for the directory of a path that is absolute, and needs none. */
export const AT_FDCWD = -100;

/** Opens a directory for reading and nothing else: never a link, never another kind of file. */
export const OPEN_DIRECTORY =
  constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK | 0o2000000;

/** The same on every architecture, as all system calls since 5.1. */
const OPEN_TREE = 428;
const OPENAT2 = 437;
/** sizeof(struct open_how) */
const OPEN_HOW_BYTES = 24;

let loaded: Libc | undefined | null = null;

/** The calls, or undefined where they cannot be had: not Linux, big-endian, koffi not built for this machine, an old libc. */
export function loadLibc(): Libc | undefined {
  if (loaded === null) loaded = load();
  return loaded;
}

function load(): Libc | undefined {
  if (process.platform !== 'linux' || endianness() !== 'LE') return undefined;
  try {
    const koffi = openNativeLibrary();
    const libc = koffi.load(null);
    const syscall = libc.func('intptr_t syscall(intptr_t, intptr_t, uintptr_t, uint)');
    const longSyscall = libc.func('intptr_t syscall(intptr_t, intptr_t, uintptr_t, uintptr_t, size_t)');
    const poll = libc.func('int poll(uintptr_t, unsigned long, int)');
    return {
      openat: libc.func('int openat(int, uintptr_t, int)'),
      openat2: (directory, name, how) => longSyscall(OPENAT2, directory, name, how, OPEN_HOW_BYTES),
      readlinkat: libc.func('intptr_t readlinkat(int, uintptr_t, uintptr_t, size_t)'),
      getdents64: namedCall(libc, 'intptr_t getdents64(int, uintptr_t, size_t)'),
      statx: namedCall(libc, 'int statx(int, uintptr_t, int, uint, uintptr_t)'),
      ioctl: libc.func('int ioctl(int, ulong, uintptr_t)'),
      openTree: (directory, path, flags) => syscall(OPEN_TREE, directory, path, flags),
      unlinkat: libc.func('int unlinkat(int, uintptr_t, int)'),
      renameat2: namedCall(libc, 'int renameat2(int, uintptr_t, int, uintptr_t, uint)'),
      flock: libc.func('int flock(int, int)'),
      fsetxattr: libc.func('int fsetxattr(int, uintptr_t, uintptr_t, size_t, int)'),
      fgetxattr: libc.func('intptr_t fgetxattr(int, uintptr_t, uintptr_t, size_t)'),
      fremovexattr: libc.func('int fremovexattr(int, uintptr_t)'),
      lseek: libc.func('int64_t lseek(int, int64_t, int)'),
      fcntl: libc.func('int fcntl(int, int, int)'),
      signal: libc.func('intptr_t signal(int, intptr_t)'),
      dup: libc.func('int dup(int)'),
      close: libc.func('int close(int)'),
      read: libc.func('intptr_t read(int, uintptr_t, size_t)'),
      pread: libc.func('intptr_t pread(int, uintptr_t, size_t, int64_t)'),
      fadvise: libc.func('int posix_fadvise(int, int64_t, int64_t, int)'),
      eventfd: libc.func('int eventfd(uint, int)'),
      write: libc.func('intptr_t write(int, uintptr_t, size_t)'),
      poll: (descriptors, count, milliseconds) => {
        const { promise, resolve, reject } = Promise.withResolvers<number>();
        poll.async(descriptors, count, milliseconds, (error: Error | null, ready: number) => {
          if (error) reject(error);
          else resolve(ready);
        });
        return promise;
      },
      fanotifyInit: libc.func('int fanotify_init(uint, uint)'),
      fanotifyMark: libc.func('int fanotify_mark(int, uint, uint64_t, int, uintptr_t)'),
      openByHandleAt: libc.func('int open_by_handle_at(int, uintptr_t, int)'),
      socket: libc.func('int socket(int, int, int)'),
      sendto: libc.func('intptr_t sendto(int, uintptr_t, size_t, int, uintptr_t, uint)'),
      memfdCreate: libc.func('int memfd_create(uintptr_t, uint)'),
      sendmsg: libc.func('intptr_t sendmsg(int, uintptr_t, int)'),
      quotactl: libc.func('int quotactl(int, uintptr_t, int, uintptr_t)'),
      endProcess: libc.func('void _exit(int)'),
      errno: () => koffi.errno(),
      addressOf: (view) => Number(koffi.address(view)),
    };
  } catch {
    return undefined;
  }
}
