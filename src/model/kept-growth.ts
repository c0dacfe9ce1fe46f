/**
 * What a watch knows of growth, in a form that outlives its process: changes, of which all together are the state. The next
 * process goes on as if the one before had slept, and looks at the files as they are then.
 */
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';
import type { FilesystemStop } from './mount.ts';
import type { PoolLevel } from './thin-pool.ts';
import type { DiskState } from './watch-event.ts';

interface Size {
  readonly diskBytes: number;
  readonly apparentBytes: number;
}

/** A file and what it held. Seconds since 1970; the birth tells it from a file that got its inode number later. */
export interface KeptSize extends Size {
  readonly id: FileId;
  readonly bornAt: number;
}

/** An inode that is metered, as it was when it was looked at last. */
export interface KeptInode extends KeptSize {
  readonly path: ByteString;
  /** /proc/PID/fd/N where it had no name any more. */
  readonly descriptorPath?: ByteString | undefined;
  readonly lookedAt: number;
  /** Undefined where it never grew. */
  readonly grewAt?: number | undefined;
  readonly base: Size;
  /** Since `base`, and in all segments before. */
  readonly written: number;
  readonly writtenBefore: number;
  readonly takenBytes: number;
  readonly bytesPerSecond: number;
  /** The number of the series that it belongs to; undefined where it is only looked at. */
  readonly series?: number | undefined;
}

export interface KeptAlarm {
  readonly isAlarm: boolean;
  /** What had grown when that raised it. */
  readonly grownTold: number;
}

/** A log through its rotations, a directory of new files, or a tree that is an alarm. */
export interface KeptSeries {
  /** The same in every process. */
  readonly number: number;
  readonly what: 'file' | 'directory' | 'tree';
  readonly path: ByteString;
  /** Of a file, what was written to inodes that are gone; else all that grew. */
  readonly bytes: number;
  readonly files: number;
  /** What a directory held before. */
  readonly bytesBefore?: number | undefined;
  readonly isRotationCopy?: boolean | undefined;
  /** Of a file none of whose inodes is left: the last. */
  readonly last?: KeptInode | undefined;
  readonly alarm?: KeptAlarm | undefined;
}

/** What was told, so that it is not told again. */
export interface KeptTold {
  readonly alarms: number;
  /** By device. */
  readonly disks: readonly (readonly [device: number, level: DiskState['level']])[];
  readonly quotas: readonly (readonly [key: string, level: DiskState['level']])[];
  /** By device and pool; not known to a process of before. */
  readonly pools?: readonly (readonly [key: string, level: PoolLevel])[] | undefined;
  readonly stops?: readonly (readonly [device: number, stop: FilesystemStop])[] | undefined;
  /** By device: when growth that nothing explains was told. */
  readonly unexplained: readonly (readonly [device: number, at: number])[];
}

/** What has become different. */
export interface KeptChange {
  /** Files that were made later and are not among those that are kept were never seen. */
  readonly since: number;
  readonly inodes?: readonly KeptInode[];
  /** Inodes that are metered no more: what they held is kept. */
  readonly left?: readonly FileId[];
  readonly series?: readonly KeptSeries[];
  readonly ended?: readonly number[];
  readonly sizes?: readonly KeptSize[];
  readonly told?: KeptTold;
}

/** Beyond so many quiet files the oldest are let go: see `since`. */
const MOST_SIZES = 40_000;

/** All changes so far. */
export class KeptGrowth {
  since = -Infinity;
  readonly inodes = new Map<FileId, KeptInode>();
  readonly series = new Map<number, KeptSeries>();
  /** What quiet files held. */
  readonly sizes = new Map<FileId, KeptSize>();
  told: KeptTold | undefined;

  takeIn({ since, inodes, left, series, ended, sizes, told }: KeptChange): void {
    this.since = Math.max(this.since, since);
    for (const one of sizes ?? []) this.#keepSize(one);
    for (const one of inodes ?? []) this.inodes.set(one.id, one);
    for (const id of left ?? []) {
      const one = this.inodes.get(id);
      this.inodes.delete(id);
      if (one) this.#keepSize(one);
    }
    for (const one of series ?? []) this.series.set(one.number, one);
    for (const number of ended ?? []) this.series.delete(number);
    if (told) this.told = told;
  }

  /** All of it as one change. */
  whole(): KeptChange {
    return {
      since: this.since,
      inodes: [...this.inodes.values()],
      series: [...this.series.values()],
      sizes: [...this.sizes.values()],
      ...(this.told && { told: this.told }),
    };
  }

  #keepSize({ id, bornAt, diskBytes, apparentBytes }: KeptSize): void {
    this.sizes.delete(id);
    this.sizes.set(id, { id, bornAt, diskBytes, apparentBytes });
    if (this.sizes.size <= MOST_SIZES) return;
    // What is let go must not be taken for a new file.
    const [oldest] = this.sizes.values();
    this.sizes.delete(oldest.id);
    this.since = Math.max(this.since, oldest.bornAt);
  }
}
