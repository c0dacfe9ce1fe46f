/** What has grown in a tree since a snapshot of it, place by place: each byte once, so that places add up to the whole. */
import type { ByteString } from './byte-string.ts';

/** A directory: what lies right in it, or all of it where it is new or gone. */
export interface GrowthPlace {
  readonly path: ByteString;
  readonly kind: 'changed' | 'new' | 'gone';
  /** Bytes on disk; negative where it shrank. */
  readonly deltaBytes: number;
}

export interface Growth {
  /** Seconds since 1970; undefined where the snapshot does not say. */
  readonly takenAt: number | undefined;
  /** False where something could not be read, then or now. */
  readonly complete: boolean;
  readonly oldBytes: number;
  readonly newBytes: number;
  /** The largest changes first. */
  readonly places: readonly GrowthPlace[];
  /** Of the places that are left out. */
  readonly rest: { readonly count: number; readonly deltaBytes: number };
}
