/** Everything in one directory, for those who show it: a look per entry, links not followed. */
import { lstatSync, opendirSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { DirentReader } from '../calls/dirent.ts';
import { errnoName, errorCode } from '../calls/errno.ts';
import { loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { Statx } from '../calls/statx.ts';
import { canWalk, openRootDirectory } from './root-directory.ts';

/** An entry, valid until the next one is visited. */
export interface ListedEntry {
  nameBytes: Uint8Array;
  nameStart: number;
  nameEnd: number;
  /** st_mode; 0 where it could not be looked at. */
  mode: number;
  links: number;
  diskBytes: number;
  sizeBytes: number;
  /** Seconds since 1970. */
  modifiedAt: number;
  /** As in `HeldInodes`: major << 20 | minor, and the inode's halves. */
  device: number;
  inodeHigh: number;
  inodeLow: number;
  /** Whether it is on the directory's own mount, as far as that is told. */
  isOnMount: boolean;
}

const READ_BYTES = 65_536;
const LOW_WORD = 2 ** 32;

/**
 * Calls `visit` with every entry of the directory; the errno's name where it could not be read to its end. What vanishes
 * meanwhile is left out.
 */
export function listDirectory(path: ByteString, visit: (entry: ListedEntry) => void): string | undefined {
  const libc = loadLibc();
  return libc && canWalk(libc) ? listByLibc(libc, path, visit) : listByNode(path, visit);
}

function listByLibc(libc: Libc, path: ByteString, visit: (entry: ListedEntry) => void): string | undefined {
  const descriptor = openRootDirectory(libc, path);
  if (descriptor < 0) return errnoName(libc.errno());
  try {
    const bytes = new Uint8Array(new ArrayBuffer(READ_BYTES));
    const address = libc.addressOf(bytes);
    const dirents = new DirentReader(bytes);
    // What the kernel knows is enough: a server that does not answer would be waited for.
    const statx = new Statx(libc, false);
    const ownMount = statx.lookAtDescriptor(descriptor) ? statx.mountId : 0;
    const entry = emptyEntry(bytes);
    for (;;) {
      const length = libc.getdents64(descriptor, address, READ_BYTES);
      if (length < 0) return errnoName(libc.errno());
      if (length === 0) return undefined;
      dirents.reset(0, length);
      while (dirents.advance()) {
        entry.nameStart = dirents.nameStart;
        entry.nameEnd = dirents.nameEnd;
        if (statx.look(descriptor, address + dirents.nameStart)) fill(entry, statx, ownMount);
        else if (errnoName(libc.errno()) === 'ENOENT') continue;
        else entry.mode = 0;
        visit(entry);
      }
    }
  } finally {
    libc.close(descriptor);
  }
}

function fill(entry: ListedEntry, statx: Statx, ownMount: number): void {
  entry.mode = statx.mode;
  entry.links = statx.links;
  entry.diskBytes = statx.blocks * BLOCK_BYTES;
  entry.sizeBytes = statx.size;
  entry.modifiedAt = statx.mtime;
  entry.device = statx.device;
  entry.inodeHigh = statx.inodeHigh;
  entry.inodeLow = statx.inodeLow;
  entry.isOnMount = statx.mountId === ownMount;
}

function listByNode(path: ByteString, visit: (entry: ListedEntry) => void): string | undefined {
  try {
    const directory = opendirSync(toBuffer(path), { encoding: 'latin1', bufferSize: 1024 });
    const ownDevice = lstatSync(toBuffer(path)).dev;
    try {
      for (let found = directory.readSync(); found; found = directory.readSync()) {
        const nameBytes = toBuffer(found.name as ByteString);
        const entry = { ...emptyEntry(nameBytes), nameEnd: nameBytes.length };
        const stat = lstatSync(toBuffer(joinPath(path, found.name as ByteString)), {
          throwIfNoEntry: false,
        });
        if (!stat) continue;
        entry.mode = stat.mode;
        entry.links = stat.nlink;
        entry.diskBytes = stat.blocks * BLOCK_BYTES;
        entry.sizeBytes = stat.size;
        entry.modifiedAt = Math.floor(stat.mtimeMs / 1000);
        entry.inodeHigh = Math.floor(stat.ino / LOW_WORD);
        entry.inodeLow = stat.ino % LOW_WORD;
        entry.isOnMount = stat.dev === ownDevice;
        visit(entry);
      }
    } finally {
      directory.closeSync();
    }
    return undefined;
  } catch (error) {
    return errorCode(error) ?? 'EIO';
  }
}

function emptyEntry(nameBytes: Uint8Array): ListedEntry {
  return {
    nameBytes,
    nameStart: 0,
    nameEnd: 0,
    mode: 0,
    links: 0,
    diskBytes: 0,
    sizeBytes: 0,
    modifiedAt: 0,
    device: 0,
    inodeHigh: 0,
    inodeLow: 0,
    isOnMount: true,
  };
}
