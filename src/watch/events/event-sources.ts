/** Where news of writes comes from: fanotify on whole filesystems where that is allowed, inotify on hot directories elsewhere. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { WatchSource } from '../../model/watch-event.ts';
import { openFanotify } from '../../system/changes/fanotify.ts';
import type { Fanotify, Touch } from '../../system/changes/fanotify.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { readInotifyLimits } from '../../system/processes/inotify-limits.ts';
import type { Ground, WatchedFilesystem, WriteSighting } from '../ground/ground.ts';
import { findSibling } from './siblings.ts';
import { HotWatch } from './hot-watch.ts';
import type { Notices } from './notices.ts';
import { OutsideWrites } from './outside-writes.ts';

export interface SourceHooks {
  readonly onChange: (directory: ByteString, name: ByteString | undefined) => void;
  readonly onWrites: (sightings: readonly WriteSighting[]) => void;
  /** Only sweeps see this directory now. */
  readonly onLost: (directory: ByteString) => void;
  /** Events were dropped, or may have been: what they told must be found in another way. */
  readonly onFlood: () => void;
}

const MOST_WATCHES = 65_536;

export class EventSources implements AsyncDisposable {
  /** Writes to watched filesystems outside the watched paths. */
  readonly outside: OutsideWrites;
  readonly #ground: Ground;
  readonly #notices: Notices;
  readonly #hooks: SourceHooks;
  readonly #look: FileLook;
  readonly #fanotify: Fanotify | undefined;
  /** Devices whose every write fanotify tells. */
  readonly #marked = new Set<number>();
  #hot: HotWatch | undefined;

  constructor(ground: Ground, look: FileLook, notices: Notices, hooks: SourceHooks) {
    this.#ground = ground;
    this.#look = look;
    this.#notices = notices;
    this.#hooks = hooks;
    this.outside = new OutsideWrites(look);
    this.#fanotify = openFanotify({
      onTouches: (touches) => this.#onTouches(touches),
      onOverflow: () => {
        notices.tell('fanotify overflow', { kind: 'fanotify-overflow' });
        hooks.onFlood();
      },
    });
    for (const filesystem of ground.filesystems) this.#mark(filesystem);
  }

  /** Where growth is seen. */
  get kinds(): WatchSource[] {
    return [
      ...(this.watched > 0 ? (['chokidar'] as const) : []),
      'sweep',
      ...(this.#marked.size > 0 ? (['fanotify'] as const) : []),
    ];
  }

  /** Whether every write is told, wherever it happens. */
  get seesEverything(): boolean {
    return this.#ground.filesystems.every(({ device }) => this.#marked.has(device));
  }

  get watched(): number {
    return this.#hot?.watched ?? 0;
  }

  /** Watches what fanotify does not tell of, as far as the limits allow: how many directories. */
  watchDirectories(directories: readonly ByteString[]): number {
    if (this.#ground.filesystems.every((one) => this.#marked.has(one.device) || this.#ground.isRemote(one)))
      return 0;
    const { mostWatches, usedWatches, mostQueuedEvents } = readInotifyLimits();
    const budget = Math.min(MOST_WATCHES, Math.floor((mostWatches - usedWatches) / 2));
    if (budget <= 0) {
      this.#notices.tell('inotify', { kind: 'no-watches-left', usedWatches, mostWatches });
      return 0;
    }
    this.#hot = new HotWatch(budget, mostQueuedEvents, {
      onChange: this.#hooks.onChange,
      onLost: this.#hooks.onLost,
      onFull: (code, watched) => this.#tellFull(code, watched),
      onFlood: () => {
        this.#notices.tell('inotify overflow', { kind: 'inotify-overflow' });
        this.#hooks.onFlood();
      },
    });
    for (const directory of directories) this.add(directory);
    const wanted = directories.filter((directory) => this.#wants(directory)).length;
    const { watched } = this;
    if (watched < wanted)
      this.#notices.tell('inotify', { kind: 'scarce-watches', usedWatches, mostWatches, watched, wanted });
    return this.watched;
  }

  /** A directory that may be worth a watch. */
  add(directory: ByteString): void {
    if (this.#hot && this.#wants(directory)) this.#hot.add(directory);
  }

  /** A file was named: its directory tells when it is replaced. */
  addFileRoot(path: ByteString): void {
    this.add(parentPath(path));
  }

  remove(directory: ByteString): void {
    this.#hot?.remove(directory);
  }

  get isArming(): boolean {
    return this.#hot?.isArming ?? false;
  }

  arm(): void {
    this.#hot?.arm();
  }

  settle(now: number): void {
    this.#hot?.settle(now);
  }

  /** Where a file is called now. */
  locate(id: FileId, last: ByteString): ByteString | undefined {
    return this.#fanotify?.locate(id) ?? findSibling(this.#look, id, last);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#fanotify?.[Symbol.asyncDispose]();
    await this.#hot?.[Symbol.asyncDispose]();
  }

  #wants(directory: ByteString): boolean {
    const found = this.#look.entry(directory);
    const filesystem = found && this.#ground.filesystemOf(found.id);
    return (
      filesystem !== undefined && !this.#marked.has(filesystem.device) && !this.#ground.isRemote(filesystem)
    );
  }

  #mark(filesystem: WatchedFilesystem): void {
    if (!this.#fanotify) return;
    const code = this.#fanotify.mark(filesystem.path);
    if (code === undefined && !this.#ground.isRemote(filesystem)) this.#marked.add(filesystem.device);
  }

  #onTouches(touches: readonly Touch[]): void {
    const sightings = touches.filter(({ id, path }) => {
      if (this.#ground.holds(path, id)) return true;
      this.outside.touch(id, path);
      return false;
    });
    if (sightings.length > 0) this.#hooks.onWrites(sightings);
  }

  #tellFull(code: string, watched: number): void {
    this.#notices.tell('inotify', { kind: 'watch-limit', code, watched });
  }
}
