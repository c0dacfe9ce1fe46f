/**
 * The fast source on Linux: getdents64 into shared memory and one statx per entry, both relative to the directory's
 * descriptor, so that no path is resolved twice and none is too long.
 */
import { fromBytes, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { descriptorPath } from '../system/descriptor-path.ts';
import {
  AT_EMPTY_PATH,
  DIRENT,
  FILE_TYPE,
  STATX,
  STATX_BYTES,
  STATX_FLAGS,
  STATX_WANTED,
} from '../system/directory-entries.ts';
import { errnoName, errorCode } from '../system/errno.ts';
import type { Libc } from '../system/libc.ts';
import { mountIdOf, openRootDirectory } from '../system/root-directory.ts';
import { emptyEntryStat } from './entry-stat.ts';
import { SLOT_BYTES } from './job-queue.ts';
import type { Job } from './job-queue.ts';
import { OpenDirectories } from './open-directories.ts';
import type { OpenDirectory } from './open-directories.ts';
import type { Source, SourceContext } from './source.ts';

/** Directory entries filled at least this far: there is probably more to come, worth sharing. */
const LARGE = SLOT_BYTES / 2;
const HIGH_WORD = 2 ** 32;
const DOT = 46;
const NAME_BYTES = 256;
const NO_PATH = '' as ByteString;

export class Walk implements Source {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #directories: OpenDirectories;
  /** Directories found and not read yet; those before `#oldest` were given away. */
  readonly #waitingRows: number[] = [];
  readonly #waitingParents: OpenDirectory[] = [];
  #oldest = 0;
  /** The directory being read. */
  #current: OpenDirectory | undefined;
  #root = 0;
  /** Rows of directories on another mount than their parent's. */
  readonly #crossings = new Map<number, number>();
  /** The current directory's path with a slash at its end, where exclusions ask for it. */
  #path = '';

  // Memory the kernel writes to and reads from.
  #slot: number;
  readonly #slots: Uint8Array;
  readonly #slotsAt: number;
  readonly #slotHalves: Uint16Array;
  readonly #stat = new Uint32Array(new ArrayBuffer(STATX_BYTES));
  readonly #statHalves = new Uint16Array(this.#stat.buffer);
  readonly #statAt: number;
  /** A name to open, and at its end an empty one. */
  readonly #name = new Uint8Array(new ArrayBuffer(NAME_BYTES + 1));
  readonly #nameAt: number;
  readonly #entry = emptyEntryStat();

  constructor(context: SourceContext, libc: Libc) {
    this.#context = context;
    this.#libc = libc;
    this.#slots = context.queue.slots;
    this.#slotsAt = libc.addressOf(this.#slots);
    this.#slotHalves = new Uint16Array(this.#slots.buffer, this.#slots.byteOffset, this.#slots.length / 2);
    this.#statAt = libc.addressOf(new Uint8Array(this.#stat.buffer));
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
    // The last one stays: this thread would go hungry itself.
    if (this.#waitingRows.length - this.#oldest < 2 || !queue.hasRoomFor(NO_PATH)) return false;
    const row = this.#waitingRows[this.#oldest];
    const parent = this.#waitingParents[this.#oldest];
    const descriptor = this.#directories.openChild(parent, row);
    if (descriptor < 0) {
      tally.addProblem(row, undefined, 'open-directory', errnoName(this.#libc.errno()));
    } else if (!this.#push('directory', row, this.#mountOf(row, parent), descriptor, -1, 0)) {
      this.#libc.close(descriptor);
      return false;
    }
    this.#oldest++;
    this.#directories.release(parent);
    return true;
  }

  currentPath(): ByteString | undefined {
    return this.#current && descriptorPath(this.#current.descriptor);
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
      return { descriptor, mountId: mountIdOf(this.#libc, descriptor)! };
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
    while (this.#waitingRows.length > this.#oldest) {
      const row = this.#waitingRows.pop()!;
      const parent = this.#waitingParents.pop()!;
      const descriptor = this.#directories.openChild(parent, row);
      const mountId = this.#mountOf(row, parent);
      if (descriptor < 0) tally.addProblem(row, undefined, 'open-directory', errnoName(this.#libc.errno()));
      this.#directories.release(parent);
      if (descriptor >= 0) {
        this.#enter({ descriptor, row, mountId, parent, waiting: 0, inode: 0 });
        return true;
      }
    }
    this.#waitingRows.length = 0;
    this.#waitingParents.length = 0;
    this.#oldest = 0;
    return false;
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
    this.#name[NAME_BYTES] = 0;
    const empty = this.#nameAt + NAME_BYTES;
    if (this.#libc.statx(descriptor, empty, AT_EMPTY_PATH, STATX_WANTED, this.#statAt) < 0) return Number.NaN;
    return this.#stat[STATX.inode] + this.#stat[STATX.inode + 1] * HIGH_WORD;
  }

  /** Looks at each of the entries that fill the first `length` bytes of this thread's buffer. */
  #addEntries(length: number): void {
    const { tally, excluder } = this.#context;
    const current = this.#current!;
    const bytes = this.#slots;
    const stat = this.#stat;
    const entry = this.#entry;
    const from = this.#slot * SLOT_BYTES;
    for (let at = from, next = from; at < from + length; at = next) {
      const recordBytes = this.#slotHalves[(at + DIRENT.length) >> 1];
      next = at + recordBytes;
      const name = at + DIRENT.name;
      if (
        bytes[name] === DOT &&
        (bytes[name + 1] === 0 || (bytes[name + 1] === DOT && bytes[name + 2] === 0))
      )
        continue;
      let end = Math.max(name + 1, next - 8);
      while (bytes[end] !== 0) end++;
      if (excluder && this.#isExcluded(name, end)) continue;
      if (
        this.#libc.statx(current.descriptor, this.#slotsAt + name, STATX_FLAGS, STATX_WANTED, this.#statAt) <
        0
      ) {
        tally.addProblem(current.row, fromBytes(bytes, name, end), 'stat', errnoName(this.#libc.errno()));
        continue;
      }
      const mountId = stat[STATX.mountId];
      if (mountId !== current.mountId && !this.#context.enterMountIds.has(mountId)) continue;
      const mode = this.#statHalves[STATX.mode * 2];
      const blocks = stat[STATX.blocks] + stat[STATX.blocks + 1] * HIGH_WORD;
      // Seconds are signed: the high word is -1 before 1970.
      const mtime = stat[STATX.mtime] + (stat[STATX.mtime + 1] | 0) * HIGH_WORD;
      if ((mode & FILE_TYPE.mask) === FILE_TYPE.directory) {
        this.#addDirectory(current, mountId, blocks, mtime, name, end);
        continue;
      }
      entry.mode = mode;
      entry.links = stat[STATX.nlink];
      entry.blocks = blocks;
      entry.size = stat[STATX.size] + stat[STATX.size + 1] * HIGH_WORD;
      entry.mtime = mtime;
      entry.device = (stat[STATX.deviceMajor] << 20) | stat[STATX.deviceMinor];
      entry.inodeLow = stat[STATX.inode];
      entry.inodeHigh = stat[STATX.inode + 1];
      tally.addEntry(entry, bytes, name, end);
    }
  }

  #addDirectory(
    parent: OpenDirectory,
    mountId: number,
    blocks: number,
    mtime: number,
    name: number,
    end: number,
  ): void {
    const { queue, tally } = this.#context;
    const id = queue.nextDirectory();
    const row = tally.addDirectory(
      id,
      tally.idOf(parent.row),
      this.#root,
      blocks,
      mtime,
      this.#slots,
      name,
      end,
    );
    if (mountId !== parent.mountId) this.#crossings.set(row, mountId);
    parent.waiting++;
    this.#waitingRows.push(row);
    this.#waitingParents.push(parent);
  }

  #isExcluded(name: number, end: number): boolean {
    const { tally, excluder } = this.#context;
    if (!excluder!.excludes(this.#path, toText(fromBytes(this.#slots, name, end)))) return false;
    tally.addExcluded();
    return true;
  }
}
