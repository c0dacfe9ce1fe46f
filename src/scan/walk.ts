/**
 * The fast source on Linux: getdents64 into shared memory and one statx per entry, both relative to the directory's
 * descriptor, so that no path is resolved twice and none is too long.
 */
import { fromBytes, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { descriptorPath } from '../system/descriptor-path.ts';
import { DirentReader } from '../system/dirent.ts';
import { errnoName, errorCode } from '../system/errno.ts';
import type { Libc } from '../system/libc.ts';
import { openRootDirectory } from '../system/root-directory.ts';
import { FILE_TYPE, Statx } from '../system/statx.ts';
import { emptyEntryStat } from './entry-stat.ts';
import { SLOT_BYTES } from './job-queue.ts';
import type { Job } from './job-queue.ts';
import { OpenDirectories } from './open-directories.ts';
import type { OpenDirectory } from './open-directories.ts';
import type { Source, SourceContext } from './source.ts';
import { WaitingList } from './waiting-list.ts';

/** Directory entries filled at least this far: there is probably more to come, worth sharing. */
const LARGE = SLOT_BYTES / 2;
const HIGH_WORD = 2 ** 32;
const NAME_BYTES = 256;
const NO_PATH = '' as ByteString;

/** A directory that was found, to be opened by its name in `parent`. */
interface Waiting {
  readonly row: number;
  readonly parent: OpenDirectory;
}

export class Walk implements Source {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #directories: OpenDirectories;
  readonly #waiting = new WaitingList<Waiting>();
  /** The directory being read. */
  #current: OpenDirectory | undefined;
  #root = 0;
  /** Rows of directories on another mount than their parent's. */
  readonly #crossings = new Map<number, number>();
  /** The current directory's path with a slash at its end, where exclusions ask for it. */
  #path = '';

  /** The buffer directories are read into. */
  #slot: number;
  readonly #slots: Uint8Array;
  readonly #slotsAt: number;
  readonly #dirents: DirentReader;
  readonly #stat: Statx;
  /** A name to open. */
  readonly #name = new Uint8Array(new ArrayBuffer(NAME_BYTES));
  readonly #nameAt: number;
  readonly #entry = emptyEntryStat();

  constructor(context: SourceContext, libc: Libc) {
    this.#context = context;
    this.#libc = libc;
    this.#slots = context.queue.slots;
    this.#slotsAt = libc.addressOf(this.#slots);
    this.#dirents = new DirentReader(this.#slots);
    this.#stat = new Statx(libc);
    this.#nameAt = libc.addressOf(this.#name);
    this.#slot = context.queue.takeSlot();
    this.#directories = new OpenDirectories(libc, context.mostDescriptors, {
      nameAddress: (row) => {
        context.tally.copyName(row, this.#name);
        return this.#nameAt;
      },
      inodeOf: (descriptor) => this.#inodeOf(descriptor),
    });
  }

  begin(job: Job): void {
    const row = this.#context.tally.addRow(job.directory, 0, job.root);
    this.#root = job.root;
    const { descriptor, mountId } = job.descriptor < 0 ? this.#openRoot(job.path, row) : job;
    if (descriptor < 0) return;
    this.#enter({ descriptor, row, mountId, parent: undefined, waiting: 0, inode: 0 });
    if (job.kind === 'entries') {
      this.#context.queue.releaseSlot(this.#slot);
      this.#slot = job.slot;
      this.#addEntries(job.length);
      this.#leave();
    }
  }

  step(): boolean {
    if (!this.#current && !this.#openNext()) {
      this.#directories.closeAll();
      return false;
    }
    this.#read();
    return true;
  }

  shareOldest(): boolean {
    const { queue, tally } = this.#context;
    const oldest = this.#waiting.oldestToGive();
    if (!oldest || !queue.hasRoomFor(NO_PATH)) return false;
    const { row, parent } = oldest;
    const descriptor = this.#directories.openChild(parent, row);
    if (descriptor < 0) {
      tally.addProblem(row, undefined, 'open-directory', errnoName(this.#directories.failure));
    } else if (!this.#push('directory', row, this.#mountOf(row, parent), descriptor, -1, 0)) {
      this.#libc.close(descriptor);
      return false;
    }
    this.#waiting.dropOldest();
    this.#directories.release(parent);
    return true;
  }

  currentPath(): ByteString | undefined {
    const descriptor = this.#current?.descriptor ?? this.#directories.newest();
    return descriptor < 0 ? undefined : descriptorPath(descriptor);
  }

  close(): void {
    if (this.#current) this.#directories.keep(this.#current);
    this.#current = undefined;
    this.#directories.closeAll();
    this.#context.queue.releaseSlot(this.#slot);
  }

  /** A root is the only directory opened by its path. */
  #openRoot(path: ByteString, row: number): { descriptor: number; mountId: number } {
    try {
      const descriptor = openRootDirectory(path);
      this.#stat.lookAtDescriptor(descriptor);
      return { descriptor, mountId: this.#stat.mountId };
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      this.#context.tally.addProblem(row, undefined, 'open-directory', code);
      return { descriptor: -1, mountId: 0 };
    }
  }

  #enter(directory: OpenDirectory): void {
    this.#current = directory;
    this.#context.tally.enter(directory.row);
    if (this.#context.excluder?.needsPath) {
      const path = descriptorPath(directory.descriptor);
      this.#path = path === undefined ? '' : toText(path).replace(/\/?$/u, '/');
    }
  }

  /** Opens the directory found last, or passes over those that cannot be opened; false when none waits. */
  #openNext(): boolean {
    const { tally } = this.#context;
    for (;;) {
      const next = this.#waiting.takeNewest();
      if (!next) return false;
      const { row, parent } = next;
      const descriptor = this.#directories.openChild(parent, row);
      const mountId = this.#mountOf(row, parent);
      if (descriptor < 0)
        tally.addProblem(row, undefined, 'open-directory', errnoName(this.#directories.failure));
      this.#directories.release(parent);
      if (descriptor >= 0) {
        this.#enter({ descriptor, row, mountId, parent, waiting: 0, inode: 0 });
        return true;
      }
    }
  }

  /** Reads the current directory to its end, or a buffer full where it is large. */
  #read(): void {
    const { queue, tally } = this.#context;
    const current = this.#current!;
    for (;;) {
      const at = this.#slotsAt + this.#slot * SLOT_BYTES;
      const length = this.#libc.getdents64(current.descriptor, at, SLOT_BYTES);
      if (length <= 0) {
        if (length < 0)
          tally.addProblem(current.row, undefined, 'read-directory', errnoName(this.#libc.errno()));
        this.#leave();
        return;
      }
      const large = length >= LARGE;
      if (!large || !queue.isWanted() || !this.#shareEntries(length)) this.#addEntries(length);
      if (large) return;
    }
  }

  #leave(): void {
    const current = this.#current!;
    this.#current = undefined;
    if (current.waiting > 0 || !current.parent) this.#directories.keep(current);
    else this.#libc.close(current.descriptor);
  }

  /** Hands the buffer just filled to another thread and goes on with a fresh one. */
  #shareEntries(length: number): boolean {
    const { queue } = this.#context;
    const { descriptor, row, mountId } = this.#current!;
    const slot = queue.takeSlot();
    if (slot < 0) return false;
    const copy = this.#libc.dup(descriptor);
    if (copy >= 0 && this.#push('entries', row, mountId, copy, this.#slot, length)) {
      this.#slot = slot;
      return true;
    }
    if (copy >= 0) this.#libc.close(copy);
    queue.releaseSlot(slot);
    return false;
  }

  #push(
    kind: Job['kind'],
    row: number,
    mountId: number,
    descriptor: number,
    slot: number,
    length: number,
  ): boolean {
    const { queue, tally } = this.#context;
    const directory = tally.idOf(row);
    return queue.push({
      kind,
      directory,
      root: this.#root,
      mountId,
      descriptor,
      path: NO_PATH,
      slot,
      length,
    });
  }

  #mountOf(row: number, parent: OpenDirectory): number {
    return this.#crossings.get(row) ?? parent.mountId;
  }

  #inodeOf(descriptor: number): number {
    return this.#stat.lookAtDescriptor(descriptor)
      ? this.#stat.inodeLow + this.#stat.inodeHigh * HIGH_WORD
      : Number.NaN;
  }

  /** Looks at each of the entries that fill the first `length` bytes of this thread's buffer. */
  #addEntries(length: number): void {
    const { tally, excluder } = this.#context;
    const { descriptor, row } = this.#current!;
    const dirents = this.#dirents;
    const from = this.#slot * SLOT_BYTES;
    dirents.reset(from, from + length);
    while (dirents.advance()) {
      const { nameStart, nameEnd } = dirents;
      if (excluder && this.#isExcluded(nameStart, nameEnd)) continue;
      if (this.#stat.look(descriptor, this.#slotsAt + nameStart)) this.#add(nameStart, nameEnd);
      else
        tally.addProblem(
          row,
          fromBytes(this.#slots, nameStart, nameEnd),
          'stat',
          errnoName(this.#libc.errno()),
        );
    }
  }

  /** Counts the entry just looked at, unless it is on a mount that is not to be entered. */
  #add(nameStart: number, nameEnd: number): void {
    const { tally, enterMountIds } = this.#context;
    const stat = this.#stat;
    const entry = this.#entry;
    const { mode, mountId } = stat;
    const parent = this.#current!;
    if (mountId !== parent.mountId && !enterMountIds.has(mountId)) return;
    if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory) {
      this.#addDirectory(parent, mountId, nameStart, nameEnd);
      return;
    }
    entry.mode = mode;
    entry.links = stat.links;
    entry.blocks = stat.blocks;
    entry.size = stat.size;
    entry.mtime = stat.mtime;
    entry.device = stat.device;
    entry.inodeLow = stat.inodeLow;
    entry.inodeHigh = stat.inodeHigh;
    tally.addEntry(entry, this.#slots, nameStart, nameEnd);
  }

  #addDirectory(parent: OpenDirectory, mountId: number, nameStart: number, nameEnd: number): void {
    const { queue, tally } = this.#context;
    const { blocks, mtime } = this.#stat;
    const id = queue.nextDirectory();
    const above = tally.idOf(parent.row);
    const row = tally.addDirectory(id, above, this.#root, blocks, mtime, this.#slots, nameStart, nameEnd);
    if (mountId !== parent.mountId) this.#crossings.set(row, mountId);
    parent.waiting++;
    this.#waiting.push({ row, parent });
  }

  #isExcluded(name: number, end: number): boolean {
    const { tally, excluder } = this.#context;
    if (!excluder!.excludes(this.#path, toText(fromBytes(this.#slots, name, end)))) return false;
    tally.addExcluded();
    return true;
  }
}
