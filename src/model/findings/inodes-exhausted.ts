/** A filesystem that runs out of inodes. */
import type { ByteString } from '../byte-string.ts';

export interface InodesExhaustedFacts {
  readonly rule: 'inodes-exhausted';
  readonly mountPoint: ByteString;
  readonly inodes: number;
  readonly inodesUsed: number;
  readonly availableBytes: number;
  /** Directories with the most files, the fullest first. */
  readonly crowded: readonly { readonly path: ByteString; readonly files: number }[];
  /** Only a part of the filesystem was looked at. */
  readonly isPart: boolean;
}
