/** A filesystem that looks free lies on a thin pool that is full. */
import type { ByteString } from '../byte-string.ts';

export interface ThinPoolFullFacts {
  readonly rule: 'thin-pool-full';
  readonly pool: ByteString;
  /** 0 to 1, of the pool's data and of its metadata. */
  readonly usedShare: number;
  readonly metadataUsedShare: number;
  readonly totalBytes: number;
  readonly state: 'ok' | 'out-of-space' | 'read-only' | 'failed';
  readonly mountPoint: ByteString;
  readonly availableBytes: number;
}
