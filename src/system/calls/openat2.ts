/** openat2(2): opens a path of which no part may be a symbolic link, or one that cannot leave a root directory. */
import { constants } from 'node:fs';
import { AT_FDCWD } from './libc.ts';
import type { Libc } from './libc.ts';

/** O_PATH | O_CLOEXEC */
const PATH_ONLY = 0o10000000 | 0o2000000;
const RESOLVE = { noMagicLinks: 0x02, noSymlinks: 0x04, inRoot: 0x10 } as const;
/** struct open_how: flags, mode, resolve, each of 64 bits. */
const RESOLVE_WORD = 4;

export class Openat2 {
  readonly #libc: Libc;
  readonly #how = new Uint32Array(new ArrayBuffer(24));
  readonly #howAt: number;
  /** False where the kernel, or what a container lets through of it, does not have the call. */
  readonly isThere: boolean;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#howAt = libc.addressOf(new Uint8Array(this.#how.buffer));
    const root = new Uint8Array(Buffer.from('/\0'));
    const descriptor = this.#open(AT_FDCWD, libc.addressOf(root), RESOLVE.noMagicLinks);
    this.isThere = descriptor >= 0;
    if (this.isThere) libc.close(descriptor);
  }

  /**
   * A directory below `directory`, only to go on from it: ELOOP where any part of the name is a symbolic link.
   * @param name an address; a name that ends in "/." mounts what autofs has to mount there.
   */
  openStep(directory: number, name: number): number {
    return this.#open(directory, name, RESOLVE.noSymlinks | RESOLVE.noMagicLinks);
  }

  /** What a path of another root means: links are followed, and neither they nor ".." leave `root`. */
  openInRoot(root: number, path: number): number {
    return this.#open(root, path, RESOLVE.inRoot | RESOLVE.noMagicLinks);
  }

  #open(directory: number, name: number, resolve: number): number {
    this.#how[0] = PATH_ONLY | constants.O_DIRECTORY;
    this.#how[RESOLVE_WORD] = resolve;
    return this.#libc.openat2(directory, name, this.#howAt);
  }
}
