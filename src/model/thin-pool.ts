/** Thin pools: volumes on one may be promised more than it has. */
import type { ByteString } from './byte-string.ts';
import { FULL_POOL_SHARE } from './findings/thin-pool-full.ts';

export interface ThinPool {
  /** As device mapper calls it, e.g. "vg0-pool0-tpool". */
  readonly name: ByteString;
  /** 0 to 1, of its data and of its metadata. */
  readonly usedShare: number;
  readonly metadataUsedShare: number;
  readonly totalBytes: number;
  readonly metadataBytes: number;
  /** `out_of_data_space`, `ro`, `Fail`: writes to its volumes fail or wait. */
  readonly state: 'ok' | 'out-of-space' | 'read-only' | 'failed';
}

export type PoolLevel = 'ok' | 'nearly-full' | 'full';

/** It has room again below this share, so that nobody hears it each second. */
const RELIEF_SHARE = 0.93;
/** Full: less than a block of a small pool is left. */
const NO_ROOM_SHARE = 0.999;

/** @param before the level so far. */
export function poolLevelOf(
  { state, usedShare, metadataUsedShare }: ThinPool,
  before: PoolLevel = 'ok',
): PoolLevel {
  const share = Math.max(usedShare, metadataUsedShare);
  if (state !== 'ok' || share >= NO_ROOM_SHARE) return 'full';
  if (share >= FULL_POOL_SHARE) return 'nearly-full';
  return share >= RELIEF_SHARE && before !== 'ok' ? 'nearly-full' : 'ok';
}
