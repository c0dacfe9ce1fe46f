/** Tells when an error stops a watched filesystem, so that it takes no writes any more, and when it takes them again. */
import type { KeptTold } from '../../model/kept-growth.ts';
import type { FilesystemStop, Mount } from '../../model/mount.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import { stoppedByError } from '../../system/mounts/stopped-mounts.ts';
import type { WatchedFilesystem } from '../ground/ground.ts';

export interface StopChange {
  readonly filesystem: WatchedFilesystem;
  /** Undefined where it takes writes again. */
  readonly stop: FilesystemStop | undefined;
  /** It was so when the watch began. */
  readonly atStart: boolean;
}

/** Between two looks at the mount table, which a kernel changes without telling. */
const AGAIN_SECONDS = 1.8;

export class StopStates {
  readonly #read: () => readonly Mount[];
  /** By device: why it takes no writes; undefined where it does. */
  readonly #stops = new Map<number, FilesystemStop | undefined>();
  #nextAt = -Infinity;

  /** @param read see readMounts. */
  constructor(read: () => readonly Mount[] = readMounts) {
    this.#read = read;
  }

  /** For the process after this one. */
  told(): KeptTold['stops'] {
    return [...this.#stops].flatMap(([device, stop]) => (stop ? [[device, stop] as const] : []));
  }

  restore(stops: KeptTold['stops']): void {
    for (const [device, stop] of stops ?? []) this.#stops.set(device, stop);
  }

  /** What has changed since the last call. */
  changes(filesystems: readonly WatchedFilesystem[], now: number): StopChange[] {
    if (now < this.#nextAt) return [];
    this.#nextAt = now + AGAIN_SECONDS;
    const mounts = new Map(this.#read().map((mount) => [mount.id, mount]));
    return filesystems.flatMap((filesystem) => {
      const { device } = filesystem;
      // Unmounted, it is told by those who watch the paths.
      const mount = mounts.get(filesystem.mount.id);
      if (!mount) return [];
      const atStart = !this.#stops.has(device);
      const before = this.#stops.get(device);
      const stop = stoppedByError(mount);
      this.#stops.set(device, stop);
      return stop === before ? [] : [{ filesystem, stop, atStart }];
    });
  }
}
