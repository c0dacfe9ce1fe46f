/** How much was written lately, and where. */
import type { ByteString } from '../byte-string.ts';

/** What changed since a snapshot was taken. */
export interface GrowthSince {
  /** Seconds since 1970. */
  readonly takenAt: number;
  readonly deltaBytes: number;
  /** The places with most of it, where it grew. */
  readonly places: readonly { readonly path: ByteString; readonly deltaBytes: number }[];
}

export interface RecentGrowthFacts {
  readonly rule: 'recent-growth';
  readonly hourBytes: number;
  readonly dayBytes: number;
  readonly weekBytes: number;
  /** The places with most of what was written within the last day. */
  readonly places: readonly { readonly path: ByteString; readonly dayBytes: number }[];
  /** No place below the named ones holds most of it. */
  readonly isSpread: boolean;
  /** Since the last snapshot that is kept, where there is one. */
  readonly since?: GrowthSince;
  /** What can be watched. */
  readonly directory: ByteString;
}
