/** Releases of one program, deployed one beside the other: a link says which of them is live. */
import type { ByteString } from '../byte-string.ts';

export interface OldReleasesFacts {
  readonly rule: 'old-releases';
  /** The directory that holds them. */
  readonly directory: ByteString;
  readonly count: number;
  /** The link, and the release it leads to. */
  readonly link: ByteString;
  readonly live: ByteString;
  /** Those that processes run from or hold something of. */
  readonly inUse: readonly ByteString[];
  /** Names of those that are neither live nor among the newest, the oldest first. */
  readonly old: readonly ByteString[];
  readonly oldBytes: number;
  /** Seconds since 1970 at which the oldest and the newest were last changed. */
  readonly oldestAt: number;
  readonly newestAt: number;
}
