/** Blocks that only root may write (ext2, ext3, ext4). */
import type { ByteString } from '../byte-string.ts';

export interface ReservedBlocksFacts {
  readonly rule: 'reserved-blocks';
  readonly device: ByteString;
  readonly reservedBytes: number;
  readonly totalBytes: number;
  /** What everybody else may still write. */
  readonly availableBytes: number;
  /** What a reserve of 1 % would give to everybody; 0 where it is smaller already. */
  readonly gainedBytes: number;
}
