/**
 * Opens a native library that is in memory and must never be written to a disk: through a file without a name on a
 * filesystem that lies in memory (memfd_create(2) needs a native call, which is what is being loaded here).
 */
import { closeSync, constants, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';

/** `__O_TMPFILE` of open(2), the same on x86-64 and arm64. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
/** TMPFS_MAGIC and RAMFS_MAGIC of statfs(2); devtmpfs has the first. */
const MEMORY_FILESYSTEMS: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
const OWNER_ONLY = 0o700;

/** Where memory is mounted on nearly every machine; some are mounted noexec, so the next is tried. */
function places(): string[] {
  return ['/dev/shm', `/run/user/${process.getuid?.() ?? 0}`, '/run', '/tmp', '/dev'];
}

/** The library's exports; throws where no place in memory can be written to and run from. */
export function openFromMemory(bytes: Uint8Array): unknown {
  for (const place of places()) {
    if (!isInMemory(place)) continue;
    const exports = openUnnamed(place, bytes) ?? openNamed(place, bytes);
    if (exports !== undefined) return exports;
  }
  throw new Error('nowhere in memory to load a library from');
}

function isInMemory(place: string): boolean {
  try {
    return MEMORY_FILESYSTEMS.has(statfsSync(place).type);
  } catch {
    return false;
  }
}

function openUnnamed(place: string, bytes: Uint8Array): unknown {
  return attempt(() => {
    const descriptor = openSync(place, O_TMPFILE | constants.O_RDWR, OWNER_ONLY);
    try {
      writeAll(descriptor, bytes);
      return dlopen(`/proc/self/fd/${descriptor}`);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Where /proc is not mounted, or the kernel cannot do without a name: it exists for the time of the opening. */
function openNamed(place: string, bytes: Uint8Array): unknown {
  const name = `${place}/.diskwhy-${process.pid}-${crypto.randomUUID()}`;
  return attempt(() => {
    const descriptor = openSync(name, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, OWNER_ONLY);
    try {
      writeAll(descriptor, bytes);
      return dlopen(name);
    } finally {
      closeSync(descriptor);
      unlinkSync(name);
    }
  });
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

function dlopen(path: string): unknown {
  const module: { exports: unknown } = { exports: {} };
  process.dlopen(module, path);
  return module.exports;
}

function attempt(open: () => unknown): unknown {
  try {
    return open();
  } catch {
    return undefined;
  }
}
