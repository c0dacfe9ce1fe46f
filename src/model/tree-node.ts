/** The part of a tree worth showing: directories and large files, biggest first, what is left out summed up. */
import type { CompressionUsage } from './btrfs-usage.ts';
import type { ByteString } from './byte-string.ts';

export interface TreeNode {
  readonly path: ByteString;
  /** The last component; the whole path for a root. */
  readonly name: ByteString;
  readonly type: 'directory' | 'file';
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  /** Inodes, itself included. */
  readonly entries: number;
  /** Seconds since 1970; -Infinity where nothing was seen. */
  readonly modifiedAt: number;
  /** False where something in it could not be read: its numbers are "at least". */
  readonly complete: boolean;
  /** How what lies in it is written on btrfs, each extent once; only where that was asked for and told. */
  readonly compression?: readonly CompressionUsage[];
  readonly children: readonly TreeNode[];
  /** Children that are not in `children`, and the directory's own blocks and small files. */
  readonly rest: { readonly directories: number; readonly diskBytes: number; readonly entries: number };
}
