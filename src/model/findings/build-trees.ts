/** What projects built or installed and can build again. */
import type { ByteString } from '../byte-string.ts';
import type { PlaceAdvice } from './known-place.ts';

export interface BuildTreesFacts {
  readonly rule: 'build-trees';
  readonly trees: readonly {
    readonly path: ByteString;
    readonly diskBytes: number;
    /** Seconds since 1970 at which its project last changed. */
    readonly projectChangedAt: number;
  }[];
  /** Those whose project nobody changed for `idleDays`. */
  readonly idle: number;
  readonly idleBytes: number;
  readonly idleDays: number;
  /** Stays when they are deleted: hard links elsewhere, or files held open; 0 where it is not worth a word. */
  readonly staysBytes: number;
  readonly advice: PlaceAdvice;
}
