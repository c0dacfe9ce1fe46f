/** The directories with a watch of their own: within the user's limits, and none that floods this process with events. */
import type { ByteString } from '../../model/byte-string.ts';
import { watchDirectories } from '../../system/changes/watcher.ts';
import type { DirectoryWatcher } from '../../system/changes/watcher.ts';

export interface HotWatchHooks {
  readonly onChange: (directory: ByteString, name: ByteString | undefined) => void;
  /** A directory that was watched is not any more, or could not be. */
  readonly onLost: (directory: ByteString) => void;
  /** No more watches can be had: ENOSPC, EMFILE. */
  readonly onFull: (code: string, watched: number) => void;
  /** So many events came that the kernel may have dropped some. */
  readonly onFlood: () => void;
}

/** Directories armed at a time: each is listed once, which costs memory and time. */
const BATCH = 32;
/** Events a second from which on a directory is looked at now and then instead. */
const MOST_EVENTS_EACH = 2000;
const MOST_EVENTS = 5000;
const DEMOTED_SECONDS = 30;

export class HotWatch implements AsyncDisposable {
  readonly #watcher: DirectoryWatcher;
  readonly #hooks: HotWatchHooks;
  readonly #most: number;
  readonly #queueLimit: number;
  readonly #watched = new Set<ByteString>();
  readonly #waiting = new Set<ByteString>();
  /** Directory → when it may be watched again. */
  readonly #demoted = new Map<ByteString, number>();
  #events = new Map<ByteString, number>();
  #eventCount = 0;
  #isFull = false;

  /** @param most watches to take; @param queueLimit events the kernel keeps before it drops some. */
  constructor(most: number, queueLimit: number, hooks: HotWatchHooks) {
    this.#most = most;
    this.#queueLimit = queueLimit;
    this.#hooks = hooks;
    this.#watcher = watchDirectories({
      onChange: (directory, name) => this.#onChange(directory, name),
      onFailure: (code, directory) => this.#onFailure(code, directory),
    });
  }

  /** Whether directories wait for their watch. */
  get isArming(): boolean {
    return this.#waiting.size > 0;
  }

  get watched(): number {
    return this.#watched.size + this.#waiting.size;
  }

  has(directory: ByteString): boolean {
    return this.#watched.has(directory) || this.#waiting.has(directory);
  }

  /** Watches it as soon as its turn comes; false where it will not be. */
  add(directory: ByteString): boolean {
    if (this.has(directory)) return true;
    if (this.#isFull || this.watched >= this.#most || this.#demoted.has(directory)) return false;
    this.#waiting.add(directory);
    return true;
  }

  /** Arms some of those that wait; called several times a second. */
  arm(): void {
    let count = 0;
    for (const directory of this.#waiting) {
      if (count++ >= BATCH) return;
      this.#waiting.delete(directory);
      if (this.#isFull || !this.#watcher.add(directory)) this.#hooks.onLost(directory);
      else this.#watched.add(directory);
    }
  }

  /** Once a second: gives up what floods, takes up what has calmed down. */
  settle(now: number): void {
    if (this.#eventCount >= this.#queueLimit) this.#hooks.onFlood();
    const isTooMuch = this.#eventCount > MOST_EVENTS;
    const mostEach = isTooMuch ? this.#eventCount / (2 * Math.max(1, this.#events.size)) : MOST_EVENTS_EACH;
    for (const [directory, events] of this.#events) {
      if (events <= mostEach) continue;
      this.remove(directory);
      this.#demoted.set(directory, now + DEMOTED_SECONDS);
      this.#hooks.onLost(directory);
    }
    this.#events = new Map();
    this.#eventCount = 0;
    for (const [directory, until] of this.#demoted) {
      if (now < until) continue;
      this.#demoted.delete(directory);
      this.add(directory);
    }
  }

  remove(directory: ByteString): void {
    this.#waiting.delete(directory);
    if (this.#watched.delete(directory)) this.#watcher.remove(directory);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#watcher[Symbol.asyncDispose]());
  }

  #onChange(directory: ByteString, name: ByteString | undefined): void {
    this.#eventCount++;
    this.#events.set(directory, (this.#events.get(directory) ?? 0) + 1);
    this.#hooks.onChange(directory, name);
  }

  #onFailure(code: string, directory: ByteString | undefined): void {
    if (directory !== undefined && this.#watched.delete(directory)) this.#hooks.onLost(directory);
    if (code !== 'ENOSPC' && code !== 'EMFILE' && code !== 'ENFILE') return;
    if (this.#isFull) return;
    this.#isFull = true;
    for (const waiting of this.#waiting) this.#hooks.onLost(waiting);
    this.#waiting.clear();
    this.#hooks.onFull(code, this.#watched.size);
  }
}
