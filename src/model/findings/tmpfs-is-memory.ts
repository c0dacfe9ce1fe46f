/** Files on a tmpfs lie in memory. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';

export interface TmpfsIsMemoryFacts {
  readonly rule: 'tmpfs-is-memory';
  readonly type: 'tmpfs' | 'ramfs';
  readonly mountPoint: ByteString;
  /** What the kernel says of memory; undefined where it says nothing. */
  readonly memory:
    | { readonly sharedBytes: number; readonly totalBytes: number; readonly availableBytes: number }
    | undefined;
  readonly largest: readonly {
    readonly path: ByteString;
    readonly diskBytes: number;
    /** Processes that have it mapped. */
    readonly mappedBy: readonly ProcessIdentity[];
  }[];
}
