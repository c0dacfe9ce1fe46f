/** What a scan is asked for, what may happen while it runs, and what comes of it beside the sizes. */
import type { ByteString } from '../model/byte-string.ts';
import type { FileId } from '../model/file-id.ts';
import type { OwnedPathsColumns } from '../model/owned-paths.ts';
import type { ScanResult, SourceName } from '../model/scan-result.ts';
import type { Life } from './merge/merge.ts';
import type { RecordSink } from './record/record.ts';
import type { Boundaries, Root } from './roots/roots.ts';
import type { LifeOptions } from './tally/tally.ts';

/** What to scan and how. */
export interface ScanRequest {
  /** None inside another (see dropContained). */
  readonly roots: readonly Root[];
  readonly boundaries: Boundaries;
  readonly source: 'auto' | SourceName;
  /** undefined: as many as the work deserves. */
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly largestCount: number;
  readonly rankByApparent: boolean;
  readonly nowSeconds: number;
  /**
   * In bulk: what was changed in the last so many seconds is looked at by statx; where left out, what the kernel may
   * not have written yet.
   */
  readonly restSeconds?: number | undefined;
  /** `notedDirectories` of the result are those with a regular file of this name. */
  readonly notedName?: ByteString | undefined;
  /** Given where bytes are to be counted by owner: by package as this table says, and by user. */
  readonly ownedPaths?: OwnedPathsColumns | undefined;
  /** Signs of life are noted for those who ask whether a tree may go; undefined where nobody does. */
  readonly life?: LifeOptions | undefined;
}

/** What was asked for beside the sizes. */
export interface LivingScanResult extends ScanResult {
  /** Undefined where the request has no `life`. */
  readonly life: Life | undefined;
}

/** How far a scan has come. */
export interface ScanProgress {
  readonly entries: number;
  readonly diskBytes: number;
  readonly seconds: number;
  /** Where the main thread is reading. */
  readonly path: ByteString | undefined;
}

/** What a caller may want to do while the scan runs. */
export interface ScanHooks {
  /** Ends the scan early; the result is then marked `interrupted`. */
  readonly signal?: AbortSignal;
  /** What processes hold, asked once, by this thread, while others have begun to walk. */
  readonly readHeld?: () => ReadonlySet<FileId>;
  /** Asked every few milliseconds whether it wants to know; called only then. */
  readonly wantsProgress?: () => boolean;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** The memory of a LiveTable, to be filled while the scan runs. */
  readonly live?: SharedArrayBuffer;
  /** Takes every entry of the one root, as items of ncdu's JSON that stand in it. */
  readonly record?: RecordSink | undefined;
}
