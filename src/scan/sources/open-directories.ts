/**
 * Directories one thread holds open because some of their children are still to be read. There is a limit: past it
 * the oldest is closed, and opened again by name from its nearest open ancestor when its turn comes.
 */
import { constants } from 'node:os';
import { OPEN_DIRECTORY } from '../../system/calls/libc.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openQuietly } from '../../system/calls/open-quietly.ts';

/** A directory that is being read, or was read and has children to be opened relative to it. */
export interface OpenDirectory {
  /** -1 while closed. */
  descriptor: number;
  readonly row: number;
  readonly mountId: number;
  /** Undefined for the directory of a job, which stays open until the job is done. */
  readonly parent: OpenDirectory | undefined;
  /** Children not opened yet. */
  waiting: number;
  /** Inode number while closed, to know it again. */
  inode: number;
}

/** What is needed of its owner: reads names and inode numbers. */
export interface Naming {
  /** Puts the name of a row where the kernel can read it and returns its address. */
  readonly nameAddress: (row: number) => number;
  /** The inode number behind a descriptor, NaN where it cannot be had. */
  readonly inodeOf: (descriptor: number) => number;
}

export class OpenDirectories {
  readonly #libc: Libc;
  readonly #most: number;
  readonly #naming: Naming;
  /** In the order they were kept: parents before their children. */
  readonly #kept: OpenDirectory[] = [];
  /** Those before this one were closed to stay within the limit. */
  #oldestOpen = 0;

  constructor(libc: Libc, most: number, naming: Naming) {
    this.#libc = libc;
    this.#most = Math.max(4, most);
    this.#naming = naming;
  }

  /** Keeps a directory open for its children. */
  keep(directory: OpenDirectory): void {
    this.#kept.push(directory);
    while (this.#kept.length - this.#oldestOpen > this.#most) this.#closeOldest();
  }

  /** The errno of the last `openChild` that failed; ESTALE where another directory had taken the parent's place. */
  failure = 0;

  /** Opens the child `row` of `parent`: a descriptor, or -1 (see `failure`). */
  openChild(parent: OpenDirectory, row: number): number {
    for (;;) {
      const isOpen = parent.descriptor >= 0 || this.#reopen(parent);
      const opened = isOpen ? this.#open(parent.descriptor, row) : -1;
      if (opened >= 0) return opened;
      // The process may hold no more: others use descriptors too.
      if (!isOutOfDescriptors(this.failure) || !this.#closeOldest()) return -1;
    }
  }

  /** One child less waits; the last one closes the directory. */
  release(directory: OpenDirectory): void {
    directory.waiting--;
    if (directory.waiting > 0 || !directory.parent) return;
    this.#close(directory);
    const kept = this.#kept;
    while (kept.length > 0 && kept[kept.length - 1].waiting === 0 && kept[kept.length - 1].parent) kept.pop();
    this.#oldestOpen = Math.min(this.#oldestOpen, kept.length);
  }

  /** The descriptor of the directory kept last, -1 where none is open. */
  newest(): number {
    return this.#kept.at(-1)?.descriptor ?? -1;
  }

  /** Closes everything, the job's own directory included. */
  closeAll(): void {
    for (const directory of this.#kept) this.#close(directory);
    this.#kept.length = 0;
    this.#oldestOpen = 0;
  }

  /** Closes the oldest directory that is open and can be opened again; false where there is none. */
  #closeOldest(): boolean {
    while (this.#oldestOpen < this.#kept.length) {
      const oldest = this.#kept[this.#oldestOpen++];
      if (!oldest.parent || oldest.descriptor < 0) continue;
      oldest.inode = this.#naming.inodeOf(oldest.descriptor);
      this.#close(oldest);
      return true;
    }
    return false;
  }

  #open(parentDescriptor: number, row: number): number {
    const opened = openQuietly(this.#libc, parentDescriptor, this.#naming.nameAddress(row), OPEN_DIRECTORY);
    if (opened < 0) this.failure = this.#libc.errno();
    return opened;
  }

  #close(directory: OpenDirectory): void {
    if (directory.descriptor >= 0) this.#libc.close(directory.descriptor);
    directory.descriptor = -1;
  }

  /**
   * Opens a closed directory again, step by step down from the nearest open ancestor. The last ancestors on the way
   * stay open, because their turn comes next: a deep tree is then climbed in few long strides.
   */
  #reopen(directory: OpenDirectory): boolean {
    const closed: OpenDirectory[] = [];
    let above: OpenDirectory | undefined = directory;
    while (above && above.descriptor < 0) {
      closed.push(above);
      above = above.parent;
    }
    let descriptor = above ? above.descriptor : -1;
    let passing = false;
    for (let i = closed.length - 1; i >= 0; i--) {
      const next = closed[i];
      const opened = this.#open(descriptor, next.row);
      if (passing) this.#libc.close(descriptor);
      if (opened < 0) return false;
      descriptor = opened;
      passing = !(i === 0 || (next.waiting > 0 && i < this.#most / 2));
      if (!passing) next.descriptor = opened;
    }
    if (this.#naming.inodeOf(descriptor) === directory.inode) return true;
    this.failure = constants.errno.ESTALE;
    return false;
  }
}

function isOutOfDescriptors(errno: number): boolean {
  return errno === constants.errno.EMFILE || errno === constants.errno.ENFILE;
}
