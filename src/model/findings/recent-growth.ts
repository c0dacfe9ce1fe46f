/** How much was written lately, and where. */
import type { ByteString } from '../byte-string.ts';

export interface RecentGrowthFacts {
  readonly rule: 'recent-growth';
  readonly hourBytes: number;
  readonly dayBytes: number;
  readonly weekBytes: number;
  /** The places with most of what was written within the last day. */
  readonly places: readonly { readonly path: ByteString; readonly dayBytes: number }[];
  /** No place below the named ones holds most of it. */
  readonly isSpread: boolean;
  /** What can be watched. */
  readonly directory: ByteString;
}
