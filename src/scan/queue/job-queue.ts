/**
 * The door of the queue: the work that threads share: a small stack of directories in shared memory, plus the buffers directories are read
 * into. A thread keeps what it finds to itself and gives away its oldest (largest) directories only when another
 * thread has nothing to do, so that a tree of any shape splits evenly and threads hardly ever meet.
 */
import type { ByteString } from '../../model/byte-string.ts';
import { FutexLock } from './futex-lock.ts';

export { WaitingList } from './waiting-list.ts';

/** A piece of work: a directory to read, or entries already read from a large one and still to be looked at. */
export interface Job {
  /** `entries`: `length` bytes of directory entries lie in buffer `slot`. */
  readonly kind: 'directory' | 'entries';
  /** The directory's number in the tree. */
  readonly directory: number;
  /** Index of the root it belongs to. */
  readonly root: number;
  /** Mount it is on: what is on another one is a boundary. */
  readonly mountId: number;
  /** The directory in the table of owned paths; 0 where it has none, or nobody asked. */
  readonly ownerNode: number;
  /** Whether signs of life are noted in it. */
  readonly isAlive: boolean;
  /** Which of the volumes it is read from in bulk; -1 where it is opened. */
  readonly volume: number;
  /** Its inode there. */
  readonly inode: number;
  /** walk: an open descriptor that now belongs to the job; -1 where `path` tells the way. */
  readonly descriptor: number;
  /** Where the directory is; empty where there is a descriptor. */
  readonly path: ByteString;
  readonly slot: number;
  readonly length: number;
}

/** Longest path a job can carry; a longer one stays with its thread. */
const PATH_BYTES = 4096;
/** Jobs offered at a time, beside the roots. */
const CELLS = 64;
const CELL_INTS = 12;

/** Directory entries are read this many bytes at a time: some 2,000 entries. */
export const SLOT_BYTES = 64 * 1024;

// Header words, each on a cache line of its own.
const LOCK = 0;
const SIGNAL = 16;
const QUEUED = 32;
const HUNGRY = 48;
const OUTSTANDING = 64;
const STOPPED = 80;
const NEXT_DIRECTORY = 96;
const FREE_SLOTS = 112;
const HEADER_INTS = 128;

/** What the memory is laid out for. */
export interface QueueSize {
  readonly threads: number;
  /** Jobs put in before any thread takes one. */
  readonly roots: number;
}

/** A view on the shared queue; every thread builds its own over the same memory. */
export class JobQueue {
  readonly memory: SharedArrayBuffer;
  readonly size: QueueSize;
  /** All slots, one after the other. */
  readonly slots: Uint8Array;
  readonly #control: Int32Array;
  readonly #lock: FutexLock;
  readonly #freeSlots: Int32Array;
  readonly #cells: Int32Array;
  readonly #paths: Uint8Array;

  readonly #mostJobs: number;

  /** Wraps `memory`, or makes fresh memory; `size` must be the same for all. */
  constructor(memory: SharedArrayBuffer | undefined, size: QueueSize) {
    this.size = size;
    this.#mostJobs = CELLS + size.roots;
    const slots = size.threads * 3;
    const cellsAt = (HEADER_INTS + slots) * 4;
    const pathsAt = cellsAt + this.#mostJobs * CELL_INTS * 4;
    const slotsAt = Math.ceil((pathsAt + this.#mostJobs * PATH_BYTES) / 4096) * 4096;
    this.memory = memory ?? new SharedArrayBuffer(slotsAt + slots * SLOT_BYTES);
    this.#control = new Int32Array(this.memory, 0, HEADER_INTS);
    this.#lock = new FutexLock(this.#control, LOCK);
    this.#freeSlots = new Int32Array(this.memory, HEADER_INTS * 4, slots);
    this.#cells = new Int32Array(this.memory, cellsAt, this.#mostJobs * CELL_INTS);
    this.#paths = new Uint8Array(this.memory, pathsAt, this.#mostJobs * PATH_BYTES);
    this.slots = new Uint8Array(this.memory, slotsAt, slots * SLOT_BYTES);
    if (!memory) {
      for (let slot = 0; slot < slots; slot++) this.#freeSlots[slot] = slot;
      this.#control[FREE_SLOTS] = slots;
    }
  }

  /** A number for a directory just found; a parent's is always smaller than its children's. */
  nextDirectory(): number {
    return Atomics.add(this.#control, NEXT_DIRECTORY, 1);
  }

  directoryCount(): number {
    return Atomics.load(this.#control, NEXT_DIRECTORY);
  }

  /** Whether a thread waits for work that nobody has offered yet. */
  isWanted(): boolean {
    return Atomics.load(this.#control, HUNGRY) > Atomics.load(this.#control, QUEUED);
  }

  isStopped(): boolean {
    return Atomics.load(this.#control, STOPPED) === 1;
  }

  /** Everything was read, or the scan was stopped. */
  isFinished(): boolean {
    return Atomics.load(this.#control, OUTSTANDING) === 0 || this.isStopped();
  }

  /** Tells all threads to end with what they have. */
  stop(): void {
    Atomics.store(this.#control, STOPPED, 1);
    this.#wakeAll();
  }

  /** Whether `push` would take this path now. */
  hasRoomFor(path: ByteString): boolean {
    return Atomics.load(this.#control, QUEUED) < this.#mostJobs && path.length <= PATH_BYTES;
  }

  /** Offers a job to all threads; false where there is no room (keep it). */
  push(job: Job): boolean {
    this.#lock.take();
    const cell = this.#control[QUEUED];
    const accepted = cell < this.#mostJobs && job.path.length <= PATH_BYTES;
    if (accepted) {
      const kind = job.kind === 'entries' ? 1 : 0;
      const alive = job.isAlive ? 1 : 0;
      const { directory, root, mountId, ownerNode, volume, inode, descriptor, slot, length } = job;
      const ints = [
        kind,
        directory,
        root,
        mountId,
        ownerNode,
        alive,
        volume,
        inode,
        descriptor,
        slot,
        length,
      ];
      this.#cells.set([...ints, job.path.length], cell * CELL_INTS);
      for (let i = 0; i < job.path.length; i++) this.#paths[cell * PATH_BYTES + i] = job.path.charCodeAt(i);
      this.#control[QUEUED] = cell + 1;
      Atomics.add(this.#control, OUTSTANDING, 1);
    }
    this.#lock.release();
    if (accepted) {
      Atomics.add(this.#control, SIGNAL, 1);
      Atomics.notify(this.#control, SIGNAL, 1);
    }
    return accepted;
  }

  /** A job, or undefined where none came within `waitMs` or the scan is finished. Each is ended by `complete`. */
  take(waitMs: number): Job | undefined {
    const deadline = performance.now() + waitMs;
    let hungry = false;
    try {
      for (;;) {
        const seen = Atomics.load(this.#control, SIGNAL);
        const job = this.#pop();
        if (job || this.isFinished()) return job;
        const left = deadline - performance.now();
        if (left <= 0) return undefined;
        if (!hungry) Atomics.add(this.#control, HUNGRY, 1);
        hungry = true;
        Atomics.wait(this.#control, SIGNAL, seen, left);
      }
    } finally {
      if (hungry) Atomics.sub(this.#control, HUNGRY, 1);
    }
  }

  /** Says that a job from `take`, and all that was found below it and not pushed, is done. */
  complete(): void {
    if (Atomics.sub(this.#control, OUTSTANDING, 1) === 1) this.#wakeAll();
  }

  /** A buffer to read into, or -1 where all are in use. */
  takeSlot(): number {
    this.#lock.take();
    const free = this.#control[FREE_SLOTS];
    const slot = free > 0 ? this.#freeSlots[free - 1] : -1;
    if (free > 0) this.#control[FREE_SLOTS] = free - 1;
    this.#lock.release();
    return slot;
  }

  releaseSlot(slot: number): void {
    this.#lock.take();
    this.#freeSlots[this.#control[FREE_SLOTS]++] = slot;
    this.#lock.release();
  }

  #pop(): Job | undefined {
    if (Atomics.load(this.#control, QUEUED) === 0) return undefined;
    this.#lock.take();
    const cell = this.#control[QUEUED] - 1;
    let job: Job | undefined;
    if (cell >= 0) {
      const ints = this.#cells.subarray(cell * CELL_INTS, (cell + 1) * CELL_INTS);
      const [kind, directory, root, mountId, ownerNode, alive, volume, inode, descriptor, slot, length] =
        ints;
      const pathLength = ints[CELL_INTS - 1];
      let path = '';
      for (let i = 0; i < pathLength; i++) path += String.fromCharCode(this.#paths[cell * PATH_BYTES + i]);
      job = {
        kind: kind === 1 ? 'entries' : 'directory',
        directory,
        root,
        mountId,
        ownerNode,
        isAlive: alive === 1,
        volume,
        // Cells are signed.
        inode: inode >>> 0,
        descriptor,
        slot,
        length,
        path: path as ByteString,
      };
      this.#control[QUEUED] = cell;
    }
    this.#lock.release();
    return job;
  }

  #wakeAll(): void {
    Atomics.add(this.#control, SIGNAL, 1);
    Atomics.notify(this.#control, SIGNAL);
  }
}
