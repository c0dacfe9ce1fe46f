/** A filesystem that looks free lies on a thin pool that is full. */
import type { ByteString } from '../byte-string.ts';

export interface ThinPoolFullFacts {
  readonly rule: 'thin-pool-full';
  readonly pool: ByteString;
  /** 0 to 1, of the pool's data and of its metadata. */
  readonly usedShare: number;
  readonly metadataUsedShare: number;
  readonly totalBytes: number;
  readonly metadataBytes: number;
  /** What its volume group could still give it; undefined where it has none, or does not say. */
  readonly groupFreeBytes: number | undefined;
  readonly state: 'ok' | 'out-of-space' | 'read-only' | 'failed';
  readonly mountPoint: ByteString;
  readonly availableBytes: number;
}

/** From here on a pool is told as full: it is enlarged before, not after its last block is gone. */
export const FULL_POOL_SHARE = 0.95;
