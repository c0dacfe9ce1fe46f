/** Reads one directory after the other in small steps, so that whoever reads can rest between them. */
import { opendirSync, lstatSync } from 'node:fs';
import type { Dir } from 'node:fs';
import { fromBytes, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { DirentReader } from '../calls/dirent.ts';
import { errnoName, errorCode } from '../calls/errno.ts';
import { loadLibc, OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { openQuietly } from '../calls/open-quietly.ts';
import { FILE_TYPE, Statx } from '../calls/statx.ts';

/** Told for each entry. `changedAt` in seconds since 1970 (ctime); NaN for directories, which are not looked at. */
export type EntryVisitor = (name: () => ByteString, isDirectory: boolean, changedAt: number) => void;

export interface DirectorySteps {
  /** Begins with a directory; the errno's name where it cannot be opened. */
  readonly begin: (path: ByteString) => string | undefined;
  /** ctime of the directory begun, seconds since 1970: entries came or went no later. */
  readonly changedAt: () => number;
  /** Reads some hundred entries: how many, or a negative number at the end. */
  readonly step: (visit: EntryVisitor) => number;
  /** Closes what is open. */
  readonly end: () => void;
}

/** Tells of the first so many entries of a directory, or a few more; the errno's name where it cannot be opened. */
export function readDirectory(
  steps: DirectorySteps,
  path: ByteString,
  most: number,
  visit: EntryVisitor,
): string | undefined {
  const trouble = steps.begin(path);
  let total = 0;
  for (let count = 0; count >= 0 && total < most; total += count) count = steps.step(visit);
  steps.end();
  return trouble;
}

export function createDirectorySteps(): DirectorySteps {
  const libc = loadLibc();
  return libc ? new FastSteps(libc) : new PortableSteps();
}

/** What step returns when there is nothing left. */
const AT_END = -1;
const BUFFER_BYTES = 32 * 1024;
const AT_FDCWD = -100;
const PATH_BYTES = 4096;
/** d_type of getdents64(2) stands before the name. */
const DT_DIRECTORY = 4;
const DT_UNKNOWN = 0;

class FastSteps implements DirectorySteps {
  readonly #libc: Libc;
  readonly #statx: Statx;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  readonly #bufferAt: number;
  readonly #entries: DirentReader;
  #descriptor = -1;
  #changedAt = 0;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#statx = new Statx(libc);
    this.#bufferAt = libc.addressOf(this.#buffer);
    this.#entries = new DirentReader(this.#buffer);
  }

  readonly changedAt = (): number => this.#changedAt;

  readonly begin = (path: ByteString): string | undefined => {
    this.end();
    if (path.length >= PATH_BYTES) return 'ENAMETOOLONG';
    this.#buffer[this.#buffer.write(path, 'latin1')] = 0;
    this.#descriptor = openQuietly(this.#libc, AT_FDCWD, this.#bufferAt, OPEN_DIRECTORY);
    if (this.#descriptor < 0) return errnoName(this.#libc.errno());
    this.#changedAt = this.#statx.lookAtDescriptor(this.#descriptor) ? this.#statx.ctime : Infinity;
    return undefined;
  };

  readonly step = (visit: EntryVisitor): number => {
    if (this.#descriptor < 0) return AT_END;
    const length = this.#libc.getdents64(this.#descriptor, this.#bufferAt, BUFFER_BYTES);
    if (length <= 0) {
      this.end();
      return AT_END;
    }
    let count = 0;
    const entries = this.#entries;
    const buffer = this.#buffer;
    const statx = this.#statx;
    const name = (): ByteString => fromBytes(buffer, entries.nameStart, entries.nameEnd);
    entries.reset(0, length);
    while (entries.advance()) {
      count++;
      const type = buffer[entries.nameStart - 1];
      if (type === DT_DIRECTORY) {
        visit(name, true, Number.NaN);
        continue;
      }
      if (!statx.look(this.#descriptor, this.#bufferAt + entries.nameStart)) continue;
      const isDirectory = type === DT_UNKNOWN && (statx.mode & FILE_TYPE.mask) === FILE_TYPE.directory;
      visit(name, isDirectory, isDirectory ? Number.NaN : statx.ctime);
    }
    return count;
  };

  readonly end = (): void => {
    if (this.#descriptor >= 0) this.#libc.close(this.#descriptor);
    this.#descriptor = -1;
  };
}

const PORTABLE_STEP = 200;

class PortableSteps implements DirectorySteps {
  #path = '' as ByteString;
  #directory: Dir | undefined;
  #changedAt = 0;

  readonly changedAt = (): number => this.#changedAt;

  readonly begin = (path: ByteString): string | undefined => {
    this.end();
    try {
      this.#directory = opendirSync(toBuffer(path), { encoding: 'latin1' });
      this.#changedAt = lstatSync(toBuffer(path)).ctimeMs / 1000;
      this.#path = path;
      return undefined;
    } catch (error) {
      return errorCode(error) ?? 'EIO';
    }
  };

  readonly step = (visit: EntryVisitor): number => {
    if (!this.#directory) return AT_END;
    for (let count = 0; count < PORTABLE_STEP; count++) {
      const entry = this.#directory.readSync();
      if (!entry) {
        this.end();
        return count;
      }
      this.#visit(entry.name as ByteString, entry.isDirectory(), visit);
    }
    return PORTABLE_STEP;
  };

  #visit(name: ByteString, isDirectory: boolean, visit: EntryVisitor): void {
    if (isDirectory) {
      visit(() => name, true, Number.NaN);
      return;
    }
    const stats = lstatSync(toBuffer(joinPath(this.#path, name)), { throwIfNoEntry: false });
    if (stats) visit(() => name, false, stats.ctimeMs / 1000);
  }

  readonly end = (): void => {
    this.#directory?.closeSync();
    this.#directory = undefined;
  };
}
