/** Owners who are at the limit that was set for them, however much room the disk has. */
import type { ByteString } from '../byte-string.ts';
import type { QuotaLimit } from '../quota.ts';

export interface QuotaFacts {
  readonly rule: 'quota';
  readonly mountPoint: ByteString;
  readonly device: ByteString;
  /** Of the filesystem: what is refused sounds differently. */
  readonly type: string;
  readonly availableBytes: number;
  /** The nearest to its limit first. */
  readonly owners: readonly QuotaLimit[];
}
