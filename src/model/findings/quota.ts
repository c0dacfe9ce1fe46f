/** Owners who are at the limit that was set for them, however much room the disk has. */
import type { ByteString } from '../byte-string.ts';

export interface QuotaFacts {
  readonly rule: 'quota';
  readonly mountPoint: ByteString;
  readonly device: ByteString;
  readonly availableBytes: number;
  /** The nearest to its limit first. */
  readonly owners: readonly {
    readonly kind: 'user' | 'group' | 'project';
    readonly id: number;
    /** Undefined where no account has the id. */
    readonly name: ByteString | undefined;
    /** What runs out. */
    readonly of: 'bytes' | 'inodes';
    readonly used: number;
    /** The hard limit, or the soft one where there is no hard one. */
    readonly limit: number;
  }[];
}
