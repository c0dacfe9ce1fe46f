/** Tells symbolic links from directories, thousands of them, as fast as this machine allows. */
import type { ByteString } from '../../model/byte-string.ts';
import { loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { lstatIfAny } from '../calls/lstat.ts';
import { FILE_TYPE, Statx } from '../calls/statx.ts';

const PATH_MAX = 4096;
/** Absolute paths need no directory. */
const AT_FDCWD = -100;

export class LinkProbe {
  readonly #stat: Statx | undefined;
  readonly #path = new Uint8Array(new ArrayBuffer(PATH_MAX));
  readonly #pathAt: number;

  constructor(libc: Libc | undefined = loadLibc()) {
    this.#stat = libc && new Statx(libc);
    this.#pathAt = libc ? libc.addressOf(this.#path) : 0;
  }

  /** Whether an absolute path is a symbolic link; false where it cannot be looked at. */
  isLink(path: ByteString): boolean {
    // No package can list a path that the kernel does not take.
    if (path.length >= PATH_MAX) return false;
    if (!this.#stat) return isLinkByName(path);
    for (let i = 0; i < path.length; i++) this.#path[i] = path.charCodeAt(i);
    this.#path[path.length] = 0;
    return (
      this.#stat.look(AT_FDCWD, this.#pathAt) && (this.#stat.mode & FILE_TYPE.mask) === FILE_TYPE.symlink
    );
  }
}

function isLinkByName(path: ByteString): boolean {
  return lstatIfAny(path)?.isSymbolicLink() === true;
}
