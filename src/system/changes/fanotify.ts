/**
 * Which files of whole filesystems are written to, and by whom (fanotify(7)): for root on Linux 5.17 or later. Events
 * carry file handles, so nothing is held open: a filesystem can be unmounted and a deleted file freed at any time.
 */
import { closeSync, constants } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { errnoName } from '../calls/errno.ts';
import { FanotifyEvents } from './fanotify-event.ts';
import { HandleCache } from './handle-cache.ts';
import { AT_FDCWD, loadLibc } from '../calls/libc.ts';
import type { Libc } from '../calls/libc.ts';

/** A process wrote to a file, once or more since the last time. */
export interface Touch {
  /** 0 where the process is in another pid namespace. */
  readonly pid: number;
  readonly id: FileId;
  /** As it was called when it was first seen. */
  readonly path: ByteString;
}

export interface FanotifyHooks {
  /** Each (process, file) once per call. */
  readonly onTouches: (touches: readonly Touch[]) => void;
  /** The kernel had to drop events. */
  readonly onOverflow: () => void;
}

export interface Fanotify extends AsyncDisposable {
  /** Watches the whole filesystem that holds `directory`: undefined, or the errno's name where that is refused. */
  readonly mark: (directory: ByteString) => string | undefined;
  /** Where a file seen before is now; undefined where it has no name any more or was not seen. */
  readonly locate: (id: FileId) => ByteString | undefined;
}

/** FAN_CLOEXEC | FAN_NONBLOCK | FAN_REPORT_FID | FAN_REPORT_DIR_FID | FAN_REPORT_NAME. */
const GROUP_FLAGS = 0x1 | 0x2 | 0x200 | 0x400 | 0x800;
/** FAN_MARK_ADD | FAN_MARK_FILESYSTEM. */
const MARK_FLAGS = 0x1 | 0x100;
const MODIFY = 0x2;
const POLLIN = 1;
const POLLFD_BYTES = 8;
/** EFD_CLOEXEC | EFD_NONBLOCK. */
const EVENTFD_FLAGS = 0o2000000 | 0o4000;
/** Bounds how long a poll in another thread can hold up the end of the process. */
const POLL_MS = 250;
const BUFFER_BYTES = 256 * 1024;
/** Rests between reads, in which the kernel merges events: short where new processes write, who may not live long. */
const REST_MS = { newWriters: 2, knownWriters: 20, manyEvents: 50 } as const;
const MANY_EVENTS = 200;
const MOST_WRITERS = 1000;

interface Group {
  readonly descriptor: number;
  readonly cache: HandleCache;
}

/** Undefined where this process may not: not root, or an older kernel. */
export function openFanotify(hooks: FanotifyHooks): Fanotify | undefined {
  const libc = loadLibc();
  if (!libc) return undefined;
  const probe = libc.fanotifyInit(GROUP_FLAGS, constants.O_RDONLY);
  if (probe < 0) return undefined;
  libc.close(probe);
  const wake = libc.eventfd(0, EVENTFD_FLAGS);
  return wake < 0 ? undefined : new FanotifyGroups(libc, wake, hooks);
}

class FanotifyGroups implements Fanotify {
  readonly #libc: Libc;
  readonly #wake: number;
  readonly #hooks: FanotifyHooks;
  readonly #groups: Group[] = [];
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  readonly #events = new FanotifyEvents(this.#buffer);
  readonly #writers = new Set<number>();
  #metNewWriter = false;
  #reading: Promise<void> | undefined;
  #isClosed = false;

  constructor(libc: Libc, wake: number, hooks: FanotifyHooks) {
    this.#libc = libc;
    this.#wake = wake;
    this.#hooks = hooks;
  }

  readonly mark = (directory: ByteString): string | undefined => {
    const libc = this.#libc;
    // One group per filesystem: an event then says by its group where its handles are good.
    const descriptor = libc.fanotifyInit(GROUP_FLAGS, constants.O_RDONLY);
    if (descriptor < 0) return errnoName(libc.errno());
    const path = Buffer.concat([toBuffer(directory), Buffer.alloc(1)]);
    if (libc.fanotifyMark(descriptor, MARK_FLAGS, MODIFY, AT_FDCWD, libc.addressOf(path)) < 0) {
      const code = errnoName(libc.errno());
      libc.close(descriptor);
      return code;
    }
    this.#groups.push({ descriptor, cache: new HandleCache(libc, directory) });
    this.#wakeUp();
    this.#reading ??= this.#readOn();
    return undefined;
  };

  readonly locate = (id: FileId): ByteString | undefined => {
    for (const { cache } of this.#groups) {
      const path = cache.locate(id);
      if (path !== undefined) return path;
    }
    return undefined;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#wakeUp();
    await this.#reading;
    for (const { descriptor } of this.#groups) closeSync(descriptor);
    closeSync(this.#wake);
  }

  #wakeUp(): void {
    const one = new BigUint64Array([1n]);
    this.#libc.write(this.#wake, this.#libc.addressOf(new Uint8Array(one.buffer)), one.byteLength);
  }

  async #readOn(): Promise<void> {
    while (!this.#isClosed) {
      await this.#poll();
      if (this.#isClosed) return;
      const events = this.#readAll();
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, this.#restAfter(events));
      await promise;
    }
  }

  #restAfter(events: number): number {
    if (events > MANY_EVENTS) return REST_MS.manyEvents;
    return this.#metNewWriter ? REST_MS.newWriters : REST_MS.knownWriters;
  }

  /** Waits in another thread until there are events, a mark is added or the watch ends. */
  async #poll(): Promise<void> {
    const descriptors = [this.#wake, ...this.#groups.map(({ descriptor }) => descriptor)];
    const entries = Buffer.alloc(descriptors.length * POLLFD_BYTES);
    for (const [index, descriptor] of descriptors.entries()) {
      entries.writeInt32LE(descriptor, index * POLLFD_BYTES);
      entries.writeInt16LE(POLLIN, index * POLLFD_BYTES + 4);
    }
    await this.#libc.poll(this.#libc.addressOf(entries), descriptors.length, POLL_MS);
    // Also keeps `entries` alive until the kernel is done with it.
    if (entries.readInt16LE(6) !== 0) this.#libc.read(this.#wake, this.#libc.addressOf(this.#buffer), 8);
  }

  /** How many events there were. */
  #readAll(): number {
    let count = 0;
    this.#metNewWriter = false;
    if (this.#writers.size > MOST_WRITERS) this.#writers.clear();
    for (const group of this.#groups) count += this.#readGroup(group);
    return count;
  }

  #readGroup({ descriptor, cache }: Group): number {
    let count = 0;
    let overflowed = false;
    const touches = new Map<string, Touch>();
    using resolving = cache.open();
    // Bounded: what keeps coming waits for the next turn.
    for (let round = 0; round < 4; round++) {
      const length = this.#libc.read(descriptor, this.#libc.addressOf(this.#buffer), BUFFER_BYTES);
      if (length <= 0) break;
      const events = this.#events;
      events.reset(length);
      while (events.advance()) {
        count++;
        overflowed ||= events.isOverflow;
        if (!this.#writers.has(events.pid)) {
          this.#writers.add(events.pid);
          this.#metNewWriter = true;
        }
        const key = `${events.pid} ${events.fileHandle}`;
        if (events.fileHandle === '' || touches.has(key)) continue;
        const file = resolving.file(events.fileHandle, events.directoryHandle, events.name);
        if (file) touches.set(key, { pid: events.pid, ...file });
      }
    }
    if (overflowed) this.#hooks.onOverflow();
    if (touches.size > 0) this.#hooks.onTouches([...touches.values()]);
    return count;
  }
}
