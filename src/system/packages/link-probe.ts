/** Tells symbolic links from directories, thousands of them, as fast as this machine allows. */
import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD, loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { NAME_BYTES, NameMemory } from '../calls/name-memory.ts';
import { FILE_TYPE, Statx } from '../calls/statx.ts';

export class LinkProbe {
  readonly #stat: Statx | undefined;
  readonly #path: NameMemory | undefined;

  constructor(libc: Libc | undefined = loadLibc()) {
    this.#stat = libc && new Statx(libc);
    this.#path = libc && new NameMemory(libc);
  }

  /** Whether an absolute path is a symbolic link; false where it cannot be looked at. */
  isLink(path: ByteString): boolean {
    // No package can list a path that the kernel does not take.
    if (path.length >= NAME_BYTES) return false;
    if (!this.#stat || !this.#path) return isLinkByName(path);
    return (
      this.#stat.look(AT_FDCWD, this.#path.put(path)) &&
      (this.#stat.mode & FILE_TYPE.mask) === FILE_TYPE.symlink
    );
  }
}

function isLinkByName(path: ByteString): boolean {
  return lstatIfAny(path)?.isSymbolicLink() === true;
}
