/** What a tally is told before it counts. */
import type { ByteString } from '../../model/byte-string.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';

export interface TallyOptions {
  readonly nowSeconds: number;
  /** How many of the largest files to keep. */
  readonly largestCount: number;
  /** Rank files by st_size instead of bytes on disk. */
  readonly rankByApparent: boolean;
  /** Directories with a regular file of this name are noted. */
  readonly notedName: ByteString | undefined;
  /** Set where bytes are to be counted by owner. */
  readonly ownedPaths: OwnedPathsColumns | undefined;
  /** A LiveTable's memory, where somebody watches. */
  readonly live: SharedArrayBuffer | undefined;
}
