/**
 * The fast source on Linux: getdents64 into shared memory and one statx per entry, both relative to the directory's
 * descriptor, so that no path is resolved twice and none is too long.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { descriptorPath } from '../../system/calls/descriptor-path.ts';
import { errnoName } from '../../system/calls/errno.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { openRootDirectory } from '../../system/directories/root-directory.ts';
import { Statx } from '../../system/calls/statx.ts';
import { EntryCounter } from './entry-counter.ts';
import { SLOT_BYTES, WaitingList } from '../queue/job-queue.ts';
import type { Job } from '../queue/job-queue.ts';
import { OpenDirectories } from './open-directories.ts';
import type { OpenDirectory } from './open-directories.ts';
import type { IsTaken, Source, SourceContext } from './source.ts';

/** Directory entries filled at least this far: there is probably more to come, worth sharing. */
const LARGE = SLOT_BYTES / 2;
const HIGH_WORD = 2 ** 32;
/** Some filesystems have names beyond 255 bytes (NTFS: 765); the kernel takes none beyond PATH_MAX. */
const NAME_BYTES = 4096;
const NO_PATH = '' as ByteString;

/** A directory that was found, to be opened by its name in `parent`. */
interface Waiting {
  readonly row: number;
  readonly parent: OpenDirectory;
  readonly mountId: number;
}

export class Walk implements Source {
  readonly #context: SourceContext;
  readonly #libc: Libc;
  readonly #directories: OpenDirectories;
  readonly #waiting = new WaitingList<Waiting>();
  /** The directory being read. */
  #current: OpenDirectory | undefined;
  #root = 0;

  /** The buffer directories are read into. */
  #slot: number;
  readonly #slotsAt: number;
  readonly #stat: Statx;
  readonly #counter: EntryCounter;
  /** A name to open. */
  readonly #name = new Uint8Array(new ArrayBuffer(NAME_BYTES));
  readonly #nameAt: number;

  /** @param isTaken asked of every directory that is found: whether somebody else reads it. */
  constructor(context: SourceContext, libc: Libc, isTaken: IsTaken = () => false) {
    this.#context = context;
    this.#libc = libc;
    this.#slotsAt = libc.addressOf(context.queue.slots);
    this.#stat = new Statx(libc, context.isRemote);
    this.#counter = new EntryCounter(context, libc, this.#stat, (row, mountId, device, inode) => {
      if (isTaken(row, mountId, device, inode)) return;
      const parent = this.#current!;
      parent.waiting++;
      this.#waiting.push({ row, parent, mountId });
    });
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
    this.#context.tally.setOwnerNode(row, job.ownerNode);
    if (job.isAlive) this.#context.life?.enrol(row, job.directory);
    this.#root = job.root;
    const { descriptor, mountId } = job.descriptor < 0 ? this.#openRoot(job.path, row) : job;
    this.#beginRecord(row, job.directory, descriptor);
    if (descriptor < 0) return;
    this.#enter({ descriptor, row, mountId, parent: undefined, waiting: 0, inode: 0 });
    if (job.kind === 'entries') {
      this.#context.queue.releaseSlot(this.#slot);
      this.#slot = job.slot;
      this.#counter.count(this.#slot * SLOT_BYTES, job.length);
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
    const { row, parent, mountId } = oldest;
    const descriptor = this.#directories.openChild(parent, row);
    if (descriptor < 0) {
      tally.addProblem(row, undefined, 'open-directory', errnoName(this.#directories.failure));
      this.#context.record?.failDirectory(row);
    } else if (!this.#push('directory', row, mountId, descriptor, -1, 0)) {
      this.#libc.close(descriptor);
      return false;
    } else this.#context.record?.give(row);
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
    const descriptor = openRootDirectory(this.#libc, path);
    if (descriptor < 0) {
      const code = errnoName(this.#libc.errno());
      this.#context.tally.addProblem(row, undefined, 'open-directory', code);
      return { descriptor, mountId: 0 };
    }
    this.#stat.lookAtDescriptor(descriptor);
    return { descriptor, mountId: this.#stat.mountId };
  }

  #beginRecord(row: number, id: number, descriptor: number): void {
    const { record } = this.#context;
    if (!record) return;
    const isKnown = descriptor >= 0 && this.#stat.lookAtDescriptor(descriptor);
    record.begin(row, id, isKnown ? this.#stat.device : 0);
  }

  #enter(directory: OpenDirectory): void {
    this.#current = directory;
    this.#counter.enter(directory, this.#root);
  }

  /** Opens the directory found last, or passes over those that cannot be opened; false when none waits. */
  #openNext(): boolean {
    const { tally } = this.#context;
    for (;;) {
      const next = this.#waiting.takeNewest();
      if (!next) return false;
      const { row, parent, mountId } = next;
      const descriptor = this.#directories.openChild(parent, row);
      if (descriptor < 0) {
        tally.addProblem(row, undefined, 'open-directory', errnoName(this.#directories.failure));
        this.#context.record?.failDirectory(row);
      }
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
      // A record keeps the entries of a directory together.
      if (!large || this.#context.record || !queue.isWanted() || !this.#shareEntries(length))
        this.#counter.count(this.#slot * SLOT_BYTES, length);
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
    const { queue, tally, life } = this.#context;
    const directory = tally.idOf(row);
    return queue.push({
      kind,
      directory,
      root: this.#root,
      mountId,
      ownerNode: tally.ownerNodeOf(row),
      isAlive: life?.isAlive(row) ?? false,
      volume: -1,
      inode: 0,
      descriptor,
      path: NO_PATH,
      slot,
      length,
    });
  }

  #inodeOf(descriptor: number): number {
    return this.#stat.lookAtDescriptor(descriptor)
      ? this.#stat.inodeLow + this.#stat.inodeHigh * HIGH_WORD
      : Number.NaN;
  }
}
