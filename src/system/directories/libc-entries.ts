/** Opening, looking at and removing single entries through libc, by the address of their name. */
import { constants } from 'node:fs';
import { identityWords } from '../../model/entry-digest.ts';
import { errnoName } from '../calls/errno.ts';
import { OPEN_DIRECTORY } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';
import { openQuietly } from '../calls/open-quietly.ts';
import { Statx } from '../calls/statx.ts';
import type { EntryLook } from './directory-calls.ts';

const CLOSE_ON_EXEC = 0o2000000;
/** O_PATH */
const PATH_ONLY = 0o10000000 | CLOSE_ON_EXEC | constants.O_NOFOLLOW;
const OPEN_TO_LOCK =
  constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY | CLOSE_ON_EXEC;

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

  get isUndeletable(): boolean | undefined {
    return this.statx.tellsUndeletable || this.statx.isUndeletable ? this.statx.isUndeletable : undefined;
  }
}

export class LibcEntries {
  readonly libc: Libc;
  readonly look: LibcLook;
  failure = '';

  constructor(libc: Libc) {
    this.libc = libc;
    this.look = new LibcLook(libc);
  }

  openEntry(directory: number, name: number): number {
    return this.#open(directory, name, PATH_ONLY);
  }

  openStep(directory: number, name: number): number {
    return this.#open(directory, name, PATH_ONLY | constants.O_DIRECTORY);
  }

  openDirectory(directory: number, name: number): number {
    return this.#openQuietly(directory, name, OPEN_DIRECTORY);
  }

  openToLock(directory: number, name: number): number {
    return this.#openQuietly(directory, name, OPEN_TO_LOCK);
  }

  lookAt(directory: number, name: number): boolean {
    return this.#looked(this.look.statx.look(directory, name));
  }

  lookAtDescriptor(descriptor: number): boolean {
    return this.#looked(this.look.statx.lookAtDescriptor(descriptor));
  }

  unlink(directory: number, name: number, flags = 0): boolean {
    return this.noted(this.libc.unlinkat(directory, name, flags) === 0);
  }

  /** Keeps the errno of a call that failed. */
  noted(succeeded: boolean): boolean {
    if (!succeeded) this.failure = errnoName(this.libc.errno());
    return succeeded;
  }

  #looked(succeeded: boolean): boolean {
    if (this.noted(succeeded)) this.look.statx.copyIdentity(this.look.words);
    return succeeded;
  }

  #open(directory: number, name: number, flags: number): number {
    const opened = this.libc.openat(directory, name, flags);
    this.noted(opened >= 0);
    return opened;
  }

  #openQuietly(directory: number, name: number, flags: number): number {
    const opened = openQuietly(this.libc, directory, name, flags);
    this.noted(opened >= 0);
    return opened;
  }
}
