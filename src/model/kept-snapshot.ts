/** A snapshot that is kept: what is known of it without reading it. */
import type { ByteString } from './byte-string.ts';

export interface KeptFilesystem {
  readonly mountPoint: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

/** A directory with all that is below it. */
export interface KeptDirectory {
  readonly path: ByteString;
  readonly diskBytes: number;
}

export interface KeptSnapshot {
  /** The file itself. */
  readonly file: ByteString;
  readonly fileBytes: number;
  /** Seconds since 1970. */
  readonly takenAt: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly entries: number;
  /** False where something could not be read. */
  readonly complete: boolean;
  /** Nothing was left out, and no other filesystem was entered: it can be compared with a plain look at the tree. */
  readonly isPlain: boolean;
  /** As it was then; undefined where it did not say. */
  readonly filesystem: KeptFilesystem | undefined;
  /** The largest ones, the root first. */
  readonly directories: readonly KeptDirectory[];
}

/** When a filesystem will be full at the pace of its snapshots. */
export interface FullForecast {
  /** Of the filesystem, between the first and the last that tell. */
  readonly bytesPerDay: number;
  /** What is free now. */
  readonly availableBytes: number;
  /** From now; undefined where it is not filling. */
  readonly fullInSeconds: number | undefined;
}
