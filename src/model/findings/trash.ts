/** What was thrown away and still takes its space. */
import type { ByteString } from '../byte-string.ts';

export interface TrashFacts {
  readonly rule: 'trash';
  readonly places: readonly {
    readonly path: ByteString;
    readonly diskBytes: number;
    /** Things thrown away, where the trash notes them; undefined elsewhere. */
    readonly things: number | undefined;
    /** Seconds since 1970: when the first was thrown away, or the place last changed. */
    readonly oldestAt: number;
  }[];
  /** Only Finder empties it safely. */
  readonly isFinders: boolean;
}
