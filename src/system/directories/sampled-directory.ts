/** The first names in a directory and what they stand for: by getdents64(2) where it can be called, which takes a tenth of opendir's time in Node. */
import { constants, opendirSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { DIRENT_TYPE, DirentReader } from '../calls/dirent.ts';
import { AT_FDCWD, loadLibc, OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { openQuietly } from '../calls/open-quietly.ts';
import { NAME_BYTES, NameMemory } from '../calls/name-memory.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

const READ_BYTES = 32_768;
/** A link to a directory is one here. */
const OPEN = OPEN_DIRECTORY & ~constants.O_NOFOLLOW;

export interface SampledDirectory {
  readonly names: ByteString[];
  /** Those of them that are directories, and symbolic links, as far as the filesystem says so itself (d_type, readdir(3)). */
  readonly directories: ByteString[];
  readonly links: ByteString[];
}

/**
 * For a directory that may hold millions: the first `count` names in its own order (by hash on ext4, so a fair sample);
 * none where it cannot be read, or would be waited for.
 */
export function sampleDirectory(path: ByteString, count: number): SampledDirectory {
  const sample: SampledDirectory = { names: [], directories: [], links: [] };
  if (isUnanswered(path)) return sample;
  const libc = loadLibc();
  if (libc) (sampler ??= new Sampler(libc)).read(path, count, sample);
  else readByNode(path, count, sample);
  return sample;
}

let sampler: Sampler | undefined;

class Sampler {
  readonly #libc: Libc;
  readonly #path: NameMemory;
  readonly #bytes = Buffer.from(new ArrayBuffer(READ_BYTES));
  readonly #bytesAt: number;
  readonly #dirents = new DirentReader(this.#bytes);

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#path = new NameMemory(libc);
    this.#bytesAt = libc.addressOf(this.#bytes);
  }

  read(path: ByteString, count: number, sample: SampledDirectory): void {
    if (path.length >= NAME_BYTES) return;
    const directory = openQuietly(this.#libc, AT_FDCWD, this.#path.put(path), OPEN);
    if (directory < 0) return;
    while (sample.names.length < count) {
      const length = this.#libc.getdents64(directory, this.#bytesAt, READ_BYTES);
      if (length <= 0) break;
      this.#take(length, path, count, sample);
    }
    this.#libc.close(directory);
  }

  #take(
    length: number,
    path: ByteString,
    count: number,
    { names, directories, links }: SampledDirectory,
  ): void {
    const dirents = this.#dirents;
    dirents.reset(0, length);
    while (names.length < count && dirents.advance()) {
      const name = this.#bytes.toString('latin1', dirents.nameStart, dirents.nameEnd) as ByteString;
      names.push(name);
      const { type } = dirents;
      const stats = type === DIRENT_TYPE.unknown ? lstatIfAny(joinPath(path, name)) : undefined;
      if (type === DIRENT_TYPE.directory || stats?.isDirectory() === true) directories.push(name);
      else if (type === DIRENT_TYPE.link || stats?.isSymbolicLink() === true) links.push(name);
    }
  }
}

/** The same with Node alone. */
export function readByNode(
  path: ByteString,
  count: number,
  { names, directories, links }: SampledDirectory,
): void {
  try {
    // One character per byte, as ByteStrings are.
    const directory = opendirSync(toBuffer(path), { encoding: 'latin1', bufferSize: 1024 });
    try {
      let entry = directory.readSync();
      for (; entry !== null && names.length < count; entry = directory.readSync()) {
        names.push(entry.name as ByteString);
        if (entry.isDirectory()) directories.push(entry.name as ByteString);
        else if (entry.isSymbolicLink()) links.push(entry.name as ByteString);
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    // What was read so far is a sample too.
  }
}
