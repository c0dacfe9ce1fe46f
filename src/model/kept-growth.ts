/** A file that grew while it was watched, in a form that outlives the process that watched it. */
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';

export interface KeptGrowth {
  readonly path: ByteString;
  readonly id: FileId;
  /** Seconds since 1970: tells it from a file that got its inode number later. */
  readonly bornAt: number;
  /** What it held before it grew. */
  readonly diskBytes: number;
  readonly apparentBytes: number;
}
